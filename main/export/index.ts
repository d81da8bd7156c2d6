/**
 * Exports: writes a trained model, or pictures that it makes, as files for other programs. It uses explore,
 * layers, graph and runs, and knows nothing of training; of the other catalogues it takes labels alone.
 */
export type { ExportedNetwork, Exporter, ExportSubject } from './exporter.ts';
export { requirePictureFile } from './picture-file.ts';
export { enlarged } from './enlarged.ts';
export { picturesOfSeeds, sheetPictures, writePictures, writeSheet } from './sheet.ts';
export { subjectOf, type Exportable } from './subject.ts';
export { writeExports, type Exporting } from './write-export.ts';
