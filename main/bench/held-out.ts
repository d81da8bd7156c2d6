/** Holds pictures out of training, and measures how well a model rebuilds them. */
import type { Dataset } from '../datasets/index.ts';
import { rebuild, type Model } from '../explore/index.ts';
import { randomWords } from '../random.ts';
import { tf } from '../tensor.ts';

export type Split = {
  /** The batch of a step: images and classes, drawn from the pictures that are not held out. */
  take(step: number, batch: number): { images: Float32Array; classes: number[] };
  /** [count, size, size, channels] in [-1, 1], flattened. */
  heldOut: Float32Array;
};

/** Holds out `count` images, the last ones of a fixed order. */
export async function withheld(dataset: Dataset, count: number): Promise<Split> {
  const stream = dataset.stream({ batch: dataset.count, seed: 0, from: 0 });
  const { images, classes = [] } = await stream.take(0);
  stream.close();
  const pixels = images.length / dataset.count;
  const rest = dataset.count - count;
  return {
    heldOut: images.slice(rest * pixels),
    take(step, batch) {
      const drawn = Array.from(randomWords({ seed: 1, stream: 'order', step }, batch), (word) => word % rest);
      const taken = new Float32Array(batch * pixels);
      drawn.forEach((from, to) =>
        taken.set(images.subarray(from * pixels, (from + 1) * pixels), to * pixels),
      );
      return { images: taken, classes: drawn.map((index) => classes[index] ?? 0) };
    },
  };
}

/**
 * The median, over all images, of the share of other images that are farther from the rebuilt image than its
 * own original is, in pixels. 1 is best; 0.5 means that the rebuilding has nothing to do with its image.
 */
export function rebuildingRank(model: Model, images: Float32Array, count: number): number {
  const shares = tf.tidy(() => {
    const own = tf.tensor2d(images, [count, images.length / count]);
    const rebuilt = tf.tensor2d(rebuild(model, images), own.shape);
    const products = tf.matMul(rebuilt, own, false, true); // [rebuilt, own]
    // |r - x|^2 without |r|^2, which is the same along a row.
    const distances = tf.sub(tf.reshape(tf.sum(tf.square(own), 1), [1, count]), tf.mul(products, 2));
    const toOwn = tf.sum(tf.mul(distances, tf.eye(count)), 1, true); // [rebuilt, 1]
    const farther = tf.sum(tf.cast(tf.greater(distances, toOwn), 'float32'), 1);
    return tf.div(farther, count - 1).dataSync();
  });
  const ordered = Float32Array.from(shares).sort();
  return ordered[count >> 1] ?? 0;
}
