/** The mean of every channel over the whole picture. */
import { tf } from '../tensor.ts';
import { meanOver } from './broadcast.ts';
import { defineLayer, only } from './layer.ts';

/** [height, width, channels] -> [channels] */
export const globalAveragePool = defineLayer<Record<string, never>>({
  kind: 'global-average-pool',
  about: {
    text: "Takes each channel's mean over the whole picture. Going back, all its pixels get an even share.",
    formula: 'y = mean over h × w;  ∂L/∂x = ∂L/∂y / (h w)',
  },
  outputShape: (inputs) => [only(inputs)[2]!],
  weights: () => [],
  forward({ inputs }) {
    const x = only(inputs);
    return { output: tf.reshape(meanOver(x, [1, 2]), [x.shape[0]!, x.shape[3]!]) };
  },
  keras: () => ({
    className: 'GlobalAveragePooling2D',
    config: { data_format: 'channels_last' },
    weights: [],
  }),
});
