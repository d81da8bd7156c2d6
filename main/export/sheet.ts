/** A sheet of new images, in a file that a person named. */
import type { ImageBatch, RunConfig, SheetRequest } from '../contract/index.ts';
import { newPictures, type Model } from '../explore/index.ts';
import { enlarged } from './enlarged.ts';
import { writePicture } from './picture-file.ts';

/** Left out, `class` makes a row of each, and `scale` is 1. */
type Sheet = { model: Model; config: RunConfig } & SheetRequest;

/** `count` pictures of the points that the seed gives: of one class, or a row of each where there are classes. */
export function sheetPictures({ model, config, seed, count, class: chosen }: Sheet): ImageBatch {
  return newPictures({ model, config, key: { seed, stream: 'latent', step: 0 }, count, chosen });
}

/**
 * Writes these pictures, each enlarged `scale` times; answers the file's size in bytes. Throws as `writePicture` and
 * `enlarged` do.
 */
export function writeSheet({
  file,
  scale = 1,
  ...sheet
}: Sheet & { file: string; scale?: number | undefined }): number {
  return writePicture(file, enlarged(sheetPictures(sheet), scale));
}
