/**
 * The ways in which a generator's picture doubles. A transposed convolution and a plain pixel shuffle begin
 * with a chequered pattern: some 80% of a fresh image's variance lies inside blocks of 2 x 2 pixels. With
 * pixels repeated and then convolved it is a third, and with a pixel shuffle that starts by ICNR none.
 */
import { z } from 'zod';
import { conv, pixelShuffle, transposedConv, upsample, type Layer } from '../layers/index.ts';

export const upsamplingSchema = z.enum(['transposed-conv', 'pixel-shuffle', 'repeat']).meta({
  title: 'Doubling in G',
  description:
    'How the picture grows: a transposed convolution, channels that become pixels, or pixels repeated and then convolved.',
});
export type Upsampling = z.infer<typeof upsamplingSchema>;

export const icnrSchema = z.boolean().meta({
  title: 'ICNR',
  description:
    'With pixel-shuffle, G begins without a chequered pattern: channels that become one block of pixels start with equal kernels (Aitken et al. 2017).',
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
