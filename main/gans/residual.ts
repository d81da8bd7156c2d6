/**
 * Networks of residual blocks: each block adds the output of its convolutions to its input, which a skip
 * connection resizes. Activations come before convolutions.
 */
import {
  activation,
  add,
  averagePool,
  batchNorm,
  conv,
  dense,
  flatten,
  reshape,
  upsample,
  type Layer,
} from '../layers/index.ts';
import type { DiscriminatorNetwork, GeneratorNetwork, ImageShape } from './gan.ts';
import { channelsAt, channelsPerLevel, doublingsOf } from './pyramid.ts';

const relu = (name: string, ...from: string[]): Layer => activation(name, { function: 'relu' }, ...from);
const conv3 = (name: string, filters: number, ...from: string[]): Layer =>
  conv(name, { filters, kernel: 3, stride: 1, bias: true }, ...from);
const conv1 = (name: string, filters: number): Layer =>
  conv(name, { filters, kernel: 1, stride: 1, bias: true });

/** A block that doubles the picture `from`; its last layer is `name`. */
function larger(name: string, { filters, from }: { filters: number; from: string }): Layer[] {
  return [
    batchNorm(`${name}-norm1`, {}, from),
    relu(`${name}-relu1`),
    upsample(`${name}-larger`, { factor: 2 }),
    conv3(`${name}-conv1`, filters),
    batchNorm(`${name}-norm2`, {}),
    relu(`${name}-relu2`),
    conv3(`${name}-conv2`, filters),
    upsample(`${name}-straight-larger`, { factor: 2 }, from),
    conv1(`${name}-straight`, filters),
    add(name, {}, `${name}-conv2`, `${name}-straight`),
  ];
}

/**
 * A block that halves the picture `from`; its last layer is `name`. The image itself has no activation before
 * it.
 */
function smaller(name: string, { filters, from }: { filters: number; from: string }): Layer[] {
  const first =
    from === 'image'
      ? [conv3(`${name}-conv1`, filters, from)]
      : [relu(`${name}-relu1`, from), conv3(`${name}-conv1`, filters)];
  return [
    ...first,
    relu(`${name}-relu2`),
    conv3(`${name}-conv2`, filters),
    averagePool(`${name}-smaller`, { factor: 2 }),
    averagePool(`${name}-straight-smaller`, { factor: 2 }, from),
    conv1(`${name}-straight`, filters),
    add(name, {}, `${name}-smaller`, `${name}-straight`),
  ];
}

/** `width`: channels of the picture next to the image. */
type Shape = { width: number; image: ImageShape };

/** z -> a small picture -> one block for each doubling -> the image. */
export function residualGenerator({ width, image, zSize }: Shape & { zSize: number }): GeneratorNetwork {
  const levels = channelsPerLevel(width, doublingsOf(image.size)).reverse();
  const [first, channels] = [image.size / 2 ** levels.length, channelsAt(width, levels.length - 1)];
  return {
    inputs: { z: [zSize] },
    layers: [
      dense('start', { units: first * first * channels, bias: true }),
      reshape('up0', { shape: [first, first, channels] }),
      ...levels.flatMap((filters, index) => larger(`up${index + 1}`, { filters, from: `up${index}` })),
      batchNorm('end-norm', {}),
      relu('end-relu'),
      conv3('to-image', image.channels),
      activation('image', { function: 'tanh' }),
    ],
    outputs: { image: 'image' },
  };
}

/**
 * The image -> one block for each halving -> the logit. No normalisation: these blocks are for a D with
 * spectral norm.
 */
export function residualDiscriminator({
  width,
  image,
  nodes,
}: Shape & { nodes: number }): DiscriminatorNetwork {
  const channels = channelsPerLevel(width, doublingsOf(image.size));
  return {
    inputs: { image: [image.size, image.size, image.channels] },
    layers: [
      ...channels.flatMap((filters, index) =>
        smaller(`down${index + 1}`, { filters, from: index === 0 ? 'image' : `down${index}` }),
      ),
      relu('end-relu'),
      flatten('features', {}),
      dense('verdict', { units: nodes, bias: true }),
    ],
    outputs: { logit: 'verdict', features: 'features' },
  };
}
