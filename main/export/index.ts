/** Taking a trained generator, or pictures of it, out of the app. */
export type { ExportedNetwork, Exporter, ExportSubject } from './exporter.ts';
export { requirePictureFile } from './picture-file.ts';
export { enlarged } from './enlarged.ts';
export { picturesOfSeeds, sheetPictures, writePictures, writeSheet } from './sheet.ts';
export { subjectOf, type Exportable } from './subject.ts';
export { writeExports, type Exporting } from './write-export.ts';
