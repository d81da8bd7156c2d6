/**
 * Ways to double the size of a generator's picture. With a transposed convolution or a plain pixel shuffle, G
 * begins with a chequered pattern: about 80% of the variance of an untrained G's images lies inside blocks of
 * 2 x 2 pixels. With pixels repeated and convolved it is a third, and with a pixel shuffle that starts by
 * ICNR it is none.
 */
import { z } from 'zod';
import { conv, pixelShuffle, transposedConv, upsample, upsampleConv, type Layer } from '../layers/index.ts';

const REPEATING = {
  smooth: { label: 'Repeat and convolve at once', description: 'Fast, and without chequered patterns.' },
  repeat: {
    label: 'Repeat, then convolve',
    description: 'Gives the same result, and takes more than twice as long.',
  },
};

export const upsamplingSchema = z.enum(['transposed-conv', 'smooth', 'pixel-shuffle', 'repeat']).meta({
  title: 'Upsampling in G',
  description: 'How G doubles the size of its picture from layer to layer.',
  choices: {
    'transposed-conv': {
      label: 'Transposed convolution',
      description: 'Fast. It tends to leave chequered patterns.',
    },
    'pixel-shuffle': { label: 'Pixel shuffle', description: 'Channels become pixels.' },
    ...REPEATING,
  },
});
export type Upsampling = z.infer<typeof upsamplingSchema>;

/** For a GAN that doubles pictures only by repeating pixels. */
export const repeatingSchema = z.enum(['smooth', 'repeat']).meta({
  title: 'Upsampling',
  description: 'How pictures double in size, in G and where D rebuilds them.',
  choices: REPEATING,
});
export type Repeating = z.infer<typeof repeatingSchema>;

export const icnrSchema = z.boolean().meta({
  title: 'ICNR start',
  description:
    'Only with pixel shuffle: the channels that become one block of pixels start with equal kernels, so that G begins without a chequered pattern (Aitken et al. 2017).',
});

/**
 * Layers that double a picture, the last of them named `name`: [height, width, channels] ->
 * [2 height, 2 width, filters]. Odena, Dumoulin and Olah 2016 compare the ways.
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
    case 'smooth':
      return [upsampleConv(name, { filters, bias })];
    case 'repeat':
      return [
        upsample(`${name}-repeated`, { factor: 2 }),
        conv(name, { filters, kernel: 3, stride: 1, bias }),
      ];
  }
}
