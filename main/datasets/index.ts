/**
 * Data sets: folders, pictures and archives are scanned, decoded by main/decoding, cached and drawn in
 * batches. It needs no TensorFlow, and does not know the catalogue.
 */
export { createDatasetHandlers, type DatasetHandlers, type RunPictures } from './handlers.ts';
export type { BatchStream } from './batch-stream.ts';
export type { BatchRequest, StreamRequest } from './batches.ts';
export { changeOf, changeOfContent, contentOf, pictureListSchema, type PictureList } from './content.ts';
export type { Dataset, PictureDataset, Readable } from './dataset.ts';
export { heldApart } from './held-out.ts';
export { hashOfFile } from './hash-of-file.ts';
export { openDataset, openPictures, type DatasetProgress, type OpenDatasetRequest } from './open-dataset.ts';
export { bytesOf } from './levels.ts';
export { noiseDataset } from './noise.ts';
export { onePicture } from './one-picture.ts';
export { pointsDataset, scaledPoints, somePoints, type ScaledPoints } from './points.ts';
export { scanFiles } from './scan.ts';
export { FEWEST_PICTURES } from './unusable.ts';
export { writeMutatedFiles } from './mutated-files.ts';
