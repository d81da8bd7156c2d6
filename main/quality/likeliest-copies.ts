/** Shows the samples that are likeliest copies beside the nearest pictures trained on. */
import type { MeasuredQuality } from '../contract/index.ts';
import { bytesOf, type Dataset } from '../datasets/index.ts';
import type { Quality } from './measure-quality.ts';

const MOST = 16;

/**
 * Rows of three images, the likeliest copies first: a sample, and the pictures nearest to it in pixels and in
 * features. Undefined if the samples were not compared with pictures trained on.
 */
export function likeliestCopies(
  { nearest, generated }: Pick<Quality, 'nearest' | 'generated'>,
  dataset: Pick<Dataset, 'bytes'>,
): MeasuredQuality['nearest'] {
  if (nearest.length === 0) return undefined;
  const { size, channels, numbers } = generated;
  const length = size * size * channels;
  const likeliest = nearest
    .map((near, sample) => ({
      ...near,
      image: bytesOf(numbers.subarray(sample * length, (sample + 1) * length)),
    }))
    .sort((a, b) => a.pixels.share - b.pixels.share)
    .slice(0, MOST);
  const pixels = likeliest.flatMap(({ image, pixels: inPixels, features }) => [
    image,
    dataset.bytes([inPixels.index, features.index]),
  ]);
  return {
    images: {
      count: 3 * likeliest.length,
      size,
      channels: channels === 1 ? 1 : 3,
      columns: 3,
      pixels: Buffer.concat(pixels),
    },
    isCopy: likeliest.map(({ isCopy }) => isCopy),
  };
}
