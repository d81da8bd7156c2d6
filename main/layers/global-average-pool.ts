/** The mean of every channel over the whole picture. */
import { tf } from '../tensor.ts';
import { meanOver } from './broadcast.ts';
import { defineLayer } from './layer.ts';

/** [height, width, channels] -> [channels] */
export const globalAveragePool = defineLayer<{ takes: ['picture'] }>({
  kind: 'global-average-pool',
  about: {
    text: 'Takes each channel’s mean over the whole picture. In the backward pass, all its pixels get an even share.',
    formula: 'y = mean over h × w;  ∂L/∂x = ∂L/∂y / (h w)',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape: ([[, , channels]]) => [channels],
  weights: () => [],
  forward({ inputs: [x] }) {
    const [batch, , , channels] = x.shape;
    return { output: tf.reshape(meanOver(x, [1, 2]), [batch, channels]) };
  },
  portable: () => ({ operation: 'global-average-pool' }),
});
