/** Minibatch standard deviation (Karras et al. 2018): one more channel, which tells D how much the batch varies. */
import { tf } from '../tensor.ts';
import { meanOver, shift, spread } from './broadcast.ts';
import { defineLayer, only } from './layer.ts';

export type MinibatchDeviationOptions = { groupSize?: number };

const EPSILON = 1e-8;

/**
 * The standard deviation of every feature over a group of images, sqrt(variance + 1e-8), averaged over the features;
 * [height, width, channels] -> [height, width, channels + 1], or [n] -> [n + 1].
 * A group is every m-th image, and as large as the batch can be divided into, up to `groupSize` (4).
 */
export const minibatchDeviation = defineLayer<MinibatchDeviationOptions>({
  kind: 'minibatch-deviation',
  about: {
    text: 'Adds a channel that tells how much the images of the batch differ: D sees when all fakes are alike.',
    formula: 'y = [x, mean of σ over the batch]',
  },
  outputShape: (inputs) => [...only(inputs).slice(0, -1), only(inputs).at(-1)! + 1],
  weights: () => [],
  forward({ inputs, options: { groupSize = 4 } }) {
    const x = only(inputs);
    const [batch, ...shape] = x.shape as [number, ...number[]];
    const group = Array.from({ length: Math.min(groupSize, batch) }, (_, index) => index + 1)
      .filter((size) => batch % size === 0)
      .at(-1)!;
    const groups = tf.reshape(x, [group, batch / group, -1]); // [group, m, features]
    const centred = shift(groups, tf.neg(meanOver(groups, [0])));
    const deviation = meanOver(tf.sqrt(tf.add(meanOver(tf.square(centred), [0]), EPSILON)), [2]); // [1, m, 1]
    const everywhere = spread(deviation, [
      group,
      batch / group,
      shape.slice(0, -1).reduce((product, size) => product * size, 1),
    ]);
    return { output: tf.concat([x, tf.reshape(everywhere, [batch, ...shape.slice(0, -1), 1])], -1) };
  },
});
