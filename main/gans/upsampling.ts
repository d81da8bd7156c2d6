/**
 * The ways in which a generator's picture doubles. A transposed convolution and a plain pixel shuffle begin
 * with a chequered pattern: some 80% of a fresh image's variance lies inside blocks of 2 x 2 pixels. With
 * pixels repeated and then convolved it is a third, and with a pixel shuffle that starts by ICNR none.
 */
import { z } from 'zod';
import { conv, pixelShuffle, transposedConv, upsample, type Layer } from '../layers/index.ts';

export const upsamplingSchema = z.enum(['transposed-conv', 'pixel-shuffle', 'repeat']).meta({
  title: 'Upsampling in G',
  description: 'How G doubles the size of its picture from layer to layer.',
  choices: {
    'transposed-conv': { label: 'Transposed convolution' },
    'pixel-shuffle': { label: 'Pixel shuffle', description: 'Channels become pixels.' },
    'repeat': { label: 'Repeat, then convolve' },
  },
});
export type Upsampling = z.infer<typeof upsamplingSchema>;

export const icnrSchema = z.boolean().meta({
  title: 'ICNR start',
  description:
    'Only with pixel shuffle: the channels that become one block of pixels start with equal kernels, so that G begins without a chequered pattern (Aitken et al. 2017).',
});

/**
 * [height, width, channels] -> [2 height, 2 width, filters]. Odena, Dumoulin and Olah 2016 compare the three.
 */
export function doubled(
  name: string,
  {
    filters,
    upsampling,
    icnr,
    bias,
  }: { filters: number; upsampling: Upsampling; icnr: boolean; bias: boolean },
): Layer[] {
  switch (upsampling) {
    case 'transposed-conv':
      return [transposedConv(name, { filters, kernel: 4, stride: 2, bias })];
    case 'pixel-shuffle':
      return [
        conv(`${name}-channels`, {
          filters: 4 * filters,
          kernel: 3,
          stride: 1,
          bias,
          ...(icnr && { copies: 4 }),
        }),
        pixelShuffle(name, { factor: 2 }),
      ];
    case 'repeat':
      return [
        upsample(`${name}-repeated`, { factor: 2 }),
        conv(name, { filters, kernel: 3, stride: 1, bias }),
      ];
  }
}
