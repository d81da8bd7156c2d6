/** D of the small-data GAN: it halves the image, and then both judges it and rebuilds it. */
import {
  activation,
  add,
  averagePool,
  conv,
  dense,
  flatten,
  globalAveragePool,
  type Layer,
} from '../layers/index.ts';
import type { DiscriminatorNetwork, ImageShape } from './gan.ts';
import { normalised, type Normalisation } from './normalisation.ts';
import { channelsAt, doublingsOf } from './pyramid.ts';
import { rebuilding } from './rebuilding.ts';
import { doubling, leaky } from './small-data-blocks.ts';
import type { Repeating } from './upsampling.ts';

/** Halves a picture in two ways and adds them: convolutions, and an average. */
function halving({
  name,
  filters,
  from,
  normalisation,
}: {
  name: string;
  filters: number;
  from: string;
  normalisation: Normalisation;
}): Layer[] {
  const step = (
    part: string,
    { kernel, stride, input }: { kernel: number; stride: number; input: string },
  ): Layer[] => {
    const norm = normalised(`${name}-${part}-norm`, normalisation);
    return [
      conv(`${name}-${part}`, { filters, kernel, stride, bias: norm.length === 0 }, input),
      ...norm,
      leaky(`${name}-${part}-relu`),
    ];
  };
  return [
    ...step('first', { kernel: 4, stride: 2, input: from }),
    ...step('second', { kernel: 3, stride: 1, input: `${name}-first-relu` }),
    averagePool(`${name}-average`, { factor: 2 }, from),
    ...step('straight', { kernel: 1, stride: 1, input: `${name}-average` }),
    add(name, {}, `${name}-second-relu`, `${name}-straight-relu`),
  ];
}

/** From D's last picture back to an image of half the side. */
function decoder({
  width,
  image,
  levels,
  normalisation,
  upsampling,
}: {
  width: number;
  image: ImageShape;
  levels: number;
  normalisation: Normalisation;
  upsampling: Repeating;
}): Layer[] {
  const layers: Layer[] = [];
  for (let level = levels - 1; level >= 1; level--) {
    layers.push(
      ...doubling({
        name: `rebuilt${level}`,
        filters: channelsAt(width, level - 1),
        from: layers.at(-1)?.name ?? `down${levels}`,
        normalisation,
        upsampling,
      }),
    );
  }
  return [
    ...layers,
    conv('to-reconstruction', { filters: image.channels, kernel: 3, stride: 1, bias: true }),
    activation('reconstruction', { function: 'tanh' }),
  ];
}

/** From the last picture, of 7 or 8 pixels a side, to the logit of the whole image, by a dense layer. */
const logitOfImage = (filters: number, nodes: number): Layer[] => [
  conv('glance', { filters, kernel: 4, stride: 2, bias: true }),
  leaky('glance-relu'),
  flatten('features', {}),
  dense('verdict', { units: nodes, bias: true }),
];

/** From the last picture to one logit for each patch, [4 or 5, 4 or 5, nodes], whose mean is the logit. */
function logitOfPatches(
  filters: number,
  { nodes, normalisation }: { nodes: number; normalisation: Normalisation },
): Layer[] {
  const norm = normalised('glance-norm', normalisation);
  return [
    conv('glance', { filters, kernel: 1, stride: 1, bias: norm.length === 0 }),
    ...norm,
    leaky('glance-relu'),
    flatten('features', {}),
    conv('patches', { filters: nodes, kernel: 4, stride: 1, bias: true, padding: 'valid' }, 'glance-relu'),
    globalAveragePool('verdict', {}),
  ];
}

/** The image -> halved down to 7 or 8 pixels a side -> the logit, and the reconstruction. */
export function discriminator({
  width,
  normalisation,
  patches,
  upsampling,
  image,
  nodes,
}: {
  width: number;
  normalisation: Normalisation;
  patches: boolean;
  upsampling: Repeating;
  image: ImageShape;
  nodes: number;
}): DiscriminatorNetwork {
  const doublings = doublingsOf(image.size);
  const levels = image.size === 28 ? doublings : doublings - 1; // down to 7 or 8 pixels
  const layers: Layer[] = [
    conv('down1-first', { filters: channelsAt(width, 1), kernel: 4, stride: 2, bias: true }),
    leaky('down1'),
  ];
  for (let level = 2; level <= levels; level++)
    layers.push(
      ...halving({
        name: `down${level}`,
        filters: channelsAt(width, level),
        from: `down${level - 1}`,
        normalisation,
      }),
    );
  layers.push(
    ...(patches
      ? logitOfPatches(channelsAt(width, levels), { nodes, normalisation })
      : logitOfImage(channelsAt(width, levels), nodes)),
    ...decoder({ width, image, levels, normalisation, upsampling }),
  );
  return rebuilding(image, layers);
}
