/**
 * Minibatch standard deviation (Karras et al. 2018): one more channel, which tells D how much the batch
 * varies.
 */
import { tf, type Tensor } from '../tensor.ts';
import { meanOver, shift, spread } from './broadcast.ts';
import { defineLayer } from './layer.ts';

export type MinibatchDeviationOptions = { groupSize?: number };

const EPSILON = 1e-8;

/**
 * The standard deviation of every feature over a group of images, sqrt(variance + 1e-8), averaged over the
 * features; [height, width, channels] -> [height, width, channels + 1], or [n] -> [n + 1]. The size of a
 * group is the largest divisor of the batch that is at most `groupSize` (default 4); a group is every m-th
 * image, where m is the number of groups.
 */
export const minibatchDeviation = defineLayer<{ takes: ['any']; options: MinibatchDeviationOptions }>({
  kind: 'minibatch-deviation',
  about: {
    text: 'Adds a channel with the standard deviation over the batch, so that D notices when all fakes are alike.',
    formula: 'y = [x, mean of σ over the batch]',
  },
  takes: ['any'],
  mixesBatch: {
    name: 'the deviation of the minibatch',
    effect: 'D measures how far the points of a batch are apart',
    remedy: 'Switch the penalty off, or choose a GAN whose D judges each picture by itself.',
  },
  outputShape: ([shape]) => shape.map((size, axis) => (axis === shape.length - 1 ? size + 1 : size)),
  weights: () => [],
  forward({ inputs: [x], options: { groupSize = 4 } }) {
    const [batch, ...shape] = x.shape;
    const sizes = Array.from({ length: Math.min(groupSize, batch) }, (_, index) => index + 1);
    const group = Math.max(...sizes.filter((size) => batch % size === 0));
    const groups = tf.reshape(x, [group, batch / group, -1]); // [group, m, features]
    const centred = shift(groups, tf.neg(meanOver(groups, [0])));
    const deviation = meanOver(tf.sqrt(tf.add(meanOver(tf.square(centred), [0]), EPSILON)), [2]); // [1, m, 1]
    const everywhere = spread(deviation, [
      group,
      batch / group,
      shape.slice(0, -1).reduce((product, size) => product * size, 1),
    ]);
    return { output: tf.concat<Tensor>([x, tf.reshape(everywhere, [batch, ...shape.slice(0, -1), 1])], -1) };
  },
  portable: () => ({ refused: 'compares the pictures of a batch, which only D does while it trains' }),
});
