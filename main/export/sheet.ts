/** A sheet of new images, as PNG. */
import { drawPoints, generateImages, type Generator, type LatentSpace } from '../explore/index.ts';
import { sheetPng, writeWhole } from '../runs/index.ts';

/** Writes `count` images of the points that the seed gives; answers the file's size in bytes. Throws StudioError `not-written`. */
export function writeSheet({ generator, z, seed, count, file }: {
  generator: Generator; z: LatentSpace; seed: number; count: number; file: string;
}): number {
  const png = sheetPng(generateImages(generator, drawPoints(z, { seed, stream: 'latent', step: 0 }, count)));
  writeWhole(file, png);
  return png.length;
}
