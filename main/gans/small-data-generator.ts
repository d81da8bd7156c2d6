/** G of the small-data GAN: gated blocks, with skip-layer excitation from small pictures to large ones. */
import {
  activation,
  averagePool,
  batchNorm,
  conv,
  dense,
  multiply,
  reshape,
  type Layer,
} from '../layers/index.ts';
import type { GeneratorNetwork, ImageShape } from './gan.ts';
import { channelsAt, doublingsOf } from './pyramid.ts';
import { doubling, gated, leaky } from './small-data-blocks.ts';
import type { Repeating } from './upsampling.ts';

/** Doublings between a picture and the one that it excites, if G has as many. */
const EXCITATION_SPAN = 4;

/** z -> the first picture, by a gated dense layer. */
function firstPicture(name: string, { first, channels }: { first: number; channels: number }): Layer[] {
  const half = (part: string): Layer[] => [
    dense(`${name}-${part}`, { units: first * first * channels, bias: false }, 'z'),
    reshape(`${name}-${part}-picture`, { shape: [first, first, channels] }),
    batchNorm(`${name}-${part}-norm`, {}),
  ];
  return gated({ name, value: half('value'), gate: half('gate') });
}

/**
 * Skip-layer excitation: the small picture `from` gives a factor between 0 and 1 for each channel of the
 * large one, `into`. Liu et al. 2021, equation 1.
 */
function excitation({
  name,
  from,
  into,
  first,
  factor,
  filters,
}: {
  name: string;
  from: string;
  into: string;
  first: number;
  factor: number;
  filters: number;
}): Layer[] {
  const pooled = factor === 1 ? [] : [averagePool(`${name}-pooled`, { factor }, from)];
  return [
    ...pooled,
    conv(
      `${name}-glance`,
      { filters, kernel: first, stride: 1, bias: true, padding: 'valid' },
      pooled[0]?.name ?? from,
    ), // [1, 1, filters]
    leaky(`${name}-glance-relu`),
    conv(`${name}-shares`, { filters, kernel: 1, stride: 1, bias: true }),
    activation(`${name}-open`, { function: 'sigmoid' }),
    multiply(name, {}, into, `${name}-open`),
  ];
}

/** z -> a small picture -> doubled until it has the image's size, excited on the way -> image. */
export function generator({
  width,
  upsampling,
  image,
  zSize,
}: {
  width: number;
  upsampling: Repeating;
  image: ImageShape;
  zSize: number;
}): GeneratorNetwork {
  const doublings = doublingsOf(image.size);
  const first = image.size / 2 ** doublings;
  const span = Math.min(EXCITATION_SPAN, doublings);
  const nameAt = (level: number) => (level >= span ? `excited${level}` : `picture${level}`);
  const layers = firstPicture('picture0', { first, channels: channelsAt(width, doublings) });
  for (let level = 1; level <= doublings; level++) {
    const filters = channelsAt(width, doublings - level);
    const from = nameAt(level - 1);
    layers.push(...doubling({ name: `picture${level}`, filters, from, normalisation: 'batch', upsampling }));
    if (level >= span) {
      const below = level - span;
      layers.push(
        ...excitation({
          name: nameAt(level),
          from: nameAt(below),
          into: `picture${level}`,
          first,
          factor: 2 ** below,
          filters,
        }),
      );
    }
  }
  layers.push(
    conv('to-image', { filters: image.channels, kernel: 3, stride: 1, bias: true }),
    activation('image', { function: 'tanh' }),
  );
  return { inputs: { z: [zSize] }, layers, outputs: { image: 'image' } };
}
