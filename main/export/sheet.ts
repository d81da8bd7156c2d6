/** A sheet of new images, as PNG. */
import type { RunConfig } from '../contract/index.ts';
import { newPictures, type Model } from '../explore/index.ts';
import { sheetPng, writeWhole } from '../runs/index.ts';

/**
 * Writes `count` images of the points that the seed gives, a row for each class where there are classes;
 * answers the file's size in bytes. Throws StudioError `not-written`.
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
  const png = sheetPng(newPictures({ model, config, key: { seed, stream: 'latent', step: 0 }, count }));
  writeWhole(file, png);
  return png.length;
}
