/** Convolutions that halve a picture until little of it is left, which a D or an encoder begins with. */
import { activation, conv, type Layer } from '../layers/index.ts';
import { normalised, type Normalisation } from './normalisation.ts';
import { channelsPerLevel, doublingsOf } from './pyramid.ts';

const KERNEL = 4;

/** From `size` pixels a side down to some 4 to 7, from the network's first input; the last layer is a picture. */
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
