/** Makes the picture larger by repeating every pixel (nearest-neighbour upsampling). */
import { defineLayer } from './layer.ts';
import { repeatPixels } from './resample.ts';

export type UpsampleOptions = { factor: number };

/** [height, width, channels] -> [height * factor, width * factor, channels] */
export const upsample = defineLayer<{ takes: ['picture']; options: UpsampleOptions }>({
  kind: 'upsample',
  about: {
    text: 'Makes the picture larger by repeating pixels. In the backward pass, each pixel gathers the gradients of its copies.',
    formula: 'y(i, j) = x(⌊i/k⌋, ⌊j/k⌋)',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape: ([[height, width, channels]], { factor }) => [height * factor, width * factor, channels],
  weights: () => [],
  forward: ({ inputs: [x], options: { factor } }) => ({ output: repeatPixels(x, factor) }),
  portable: ({ options: { factor } }) => ({ operation: 'upsample', factor }),
});
