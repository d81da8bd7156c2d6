/**
 * The ways in which a generator's picture doubles. A transposed convolution may leave a chequered pattern;
 * the other two do not begin with one.
 */
import { z } from 'zod';
import { conv, pixelShuffle, transposedConv, upsample, type Layer } from '../layers/index.ts';

export const upsamplingSchema = z.enum(['transposed-conv', 'pixel-shuffle', 'repeat']).meta({
  title: 'Doubling in G',
  description:
    'How the picture grows: a transposed convolution, channels that become pixels, or pixels repeated and then convolved.',
});
export type Upsampling = z.infer<typeof upsamplingSchema>;

/**
 * [height, width, channels] -> [2 height, 2 width, filters]. Odena, Dumoulin and Olah 2016 compare the three.
 */
export function doubled(
  name: string,
  { filters, upsampling, bias }: { filters: number; upsampling: Upsampling; bias: boolean },
): Layer[] {
  switch (upsampling) {
    case 'transposed-conv':
      return [transposedConv(name, { filters, kernel: 4, stride: 2, bias })];
    case 'pixel-shuffle':
      return [
        conv(`${name}-channels`, { filters: 4 * filters, kernel: 3, stride: 1, bias }),
        pixelShuffle(name, { factor: 2 }),
      ];
    case 'repeat':
      return [
        upsample(`${name}-repeated`, { factor: 2 }),
        conv(name, { filters, kernel: 3, stride: 1, bias }),
      ];
  }
}
