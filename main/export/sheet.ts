/** A sheet of new images, in a file that a person named. */
import type { RunConfig } from '../contract/index.ts';
import { newPictures, type Model } from '../explore/index.ts';
import { writePicture } from './picture-file.ts';

/**
 * Writes `count` images of the points that the seed gives, a row for each class where there are classes;
 * answers the file's size in bytes. Throws as `writePicture` does.
 */
export function writeSheet({
  model,
  config,
  seed,
  count,
  file,
}: {
  model: Model;
  config: RunConfig;
  seed: number;
  count: number;
  file: string;
}): number {
  return writePicture(file, newPictures({ model, config, key: { seed, stream: 'latent', step: 0 }, count }));
}
