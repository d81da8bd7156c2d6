/**
 * The first layers of a D or an encoder: convolutions that halve the image until it has 4 or 7 pixels a side.
 */
import { activation, conv, type Layer } from '../layers/index.ts';
import { normalised, type Normalisation } from './normalisation.ts';
import { channelsPerLevel, doublingsOf } from './pyramid.ts';

const KERNEL = 4;

/**
 * The network's first input, [size, size, channels] -> a picture of 4 pixels a side, or of 7 for a size of
 * 28.
 */
export function halvings({
  width,
  normalisation,
  size,
}: {
  width: number;
  normalisation: Normalisation;
  size: number;
}): Layer[] {
  return channelsPerLevel(width, doublingsOf(size)).flatMap((filters, level) => {
    const name = `down${level + 1}`;
    const norm = level > 0 ? normalised(`${name}-norm`, normalisation) : [];
    return [
      conv(name, { filters, kernel: KERNEL, stride: 2, bias: norm.length === 0 }),
      ...norm,
      activation(`${name}-relu`, { function: 'leaky-relu', slope: 0.2 }),
    ];
  });
}
