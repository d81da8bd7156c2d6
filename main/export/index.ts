/**
 * Exports: a trained model, or pictures of it, as files for other programs. It stands on explore, layers,
 * graph and runs, and knows nothing of training or of the other catalogues but their words.
 */
export type { ExportedNetwork, Exporter, ExportSubject } from './exporter.ts';
export { requirePictureFile } from './picture-file.ts';
export { enlarged } from './enlarged.ts';
export { picturesOfSeeds, sheetPictures, writePictures, writeSheet } from './sheet.ts';
export { subjectOf, type Exportable } from './subject.ts';
export { writeExports, type Exporting } from './write-export.ts';
