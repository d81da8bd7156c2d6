/** Samples beside the pictures trained on that are nearest to them, to look at. */
import type { MeasuredQuality } from '../contract/index.ts';
import { bytesOf, type Dataset } from '../datasets/index.ts';
import type { Quality } from './measure-quality.ts';

const MOST = 16;

/**
 * The samples that are likeliest copies, first the likeliest, as rows of three images: the sample, and the nearest
 * picture in pixels and in features. Undefined where nothing was compared with pictures.
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
