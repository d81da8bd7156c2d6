/** A larger picture in which every pixel is repeated ("nearest"). */
import { defineLayer, only } from './layer.ts';
import { repeatPixels } from './resample.ts';

export type UpsampleOptions = { factor: number };

/** [height, width, channels] -> [height * factor, width * factor, channels] */
export const upsample = defineLayer<UpsampleOptions>({
  kind: 'upsample',
  about: {
    text: 'Makes the picture larger by repeating pixels. Going back, each pixel gathers the gradients of its copies.',
    formula: 'y(i, j) = x(⌊i/k⌋, ⌊j/k⌋)',
  },
  outputShape(inputs, { factor }) {
    const [height, width, channels] = only(inputs);
    return [height! * factor, width! * factor, channels!];
  },
  weights: () => [],
  forward: ({ inputs, options: { factor } }) => ({ output: repeatPixels(only(inputs), factor) }),
  keras: ({ factor }) => ({
    className: 'UpSampling2D',
    config: { size: [factor, factor], data_format: 'channels_last', interpolation: 'nearest' },
    weights: [],
  }),
});
