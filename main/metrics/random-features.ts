/**
 * The distance of generated images from real ones, in features of a small network with fixed random weights.
 *
 * It is the Fréchet distance of two normal distributions with diagonal covariance, sqrt(|mean - mean'|^2 +
 * |deviation - deviation'|^2), where FID has full covariance and a trained network (Heusel et al. 2017). Its
 * values are comparable only with each other, never with a published FID.
 */
import { randomNormal } from '../random.ts';
import { tf, type Tensor4D } from '../tensor.ts';
import { rows, squaredDistance, type Images, type Rows } from './rows.ts';

const CHANNELS = [16, 32, 64] as const;
const KERNEL = 4;
const AT_ONCE = 64;

/** Mean and standard deviation of each feature over a set of images, [64] each. */
export type Moments = { mean: Float32Array; deviation: Float32Array };

/** The distance of two sets of images: 0 for equal sets, and always the same number for the same sets. */
export function randomFeatureDistance(one: Images, other: Images): number {
  return momentsDistance(featureMoments(one), featureMoments(other));
}

/** The distance of two sets, from their moments. */
export function momentsDistance(a: Moments, b: Moments): number {
  return Math.hypot(
    ...a.mean.map((value, index) => value - (b.mean[index] ?? 0)),
    ...a.deviation.map((value, index) => value - (b.deviation[index] ?? 0)),
  );
}

/**
 * Mean distance between consecutive images of the set, root mean square over pixels: 0 if all are the same.
 */
export function spread({ numbers, size, channels }: Images): number {
  const length = size * size * channels;
  const [first, ...others] = rows(numbers, length);
  let [sum, before] = [0, first];
  for (const image of others) {
    if (before) sum += Math.sqrt(squaredDistance(image, before) / length);
    before = image;
  }
  return sum / others.length;
}

/** The moments of the set's features. */
export function featureMoments(images: Images): Moments {
  const [, , width] = CHANNELS;
  const { numbers: features } = featuresOf(images);
  const count = features.length / width;
  const mean = new Float32Array(width);
  const deviation = new Float32Array(width);
  for (let feature = 0; feature < width; feature++) {
    let [sum, squares] = [0, 0];
    for (let image = 0; image < count; image++) {
      const value = features[image * width + feature] ?? 0;
      sum += value;
      squares += value * value;
    }
    mean[feature] = sum / count;
    deviation[feature] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  }
  return { mean, deviation };
}

/** Random features of each image, [count, 64]. */
export function featuresOf({ numbers, size, channels }: Images): Rows {
  const length = size * size * channels;
  let inputs = channels;
  const kernels = tf.tidy(() =>
    CHANNELS.map((filters, level) => {
      const values = randomNormal(
        { seed: 0, stream: 'features', step: level },
        KERNEL * KERNEL * inputs * filters,
      );
      const kernel: Tensor4D = tf.mul(
        tf.tensor4d(values, [KERNEL, KERNEL, inputs, filters]),
        Math.sqrt(2 / (KERNEL * KERNEL * inputs)),
      );
      inputs = filters;
      return kernel;
    }),
  );
  const parts: number[] = [];
  for (let first = 0; first < numbers.length; first += AT_ONCE * length) {
    const part = numbers.subarray(first, first + AT_ONCE * length);
    const features = tf.tidy(() =>
      kernels
        .reduce<Tensor4D>(
          (x, kernel) => tf.relu(tf.conv2d(x, kernel, 2, 'same')),
          tf.tensor4d(part, [part.length / length, size, size, channels]),
        )
        .mean([1, 2]),
    );
    parts.push(...features.dataSync());
    features.dispose();
  }
  tf.dispose(kernels);
  return { numbers: Float32Array.from(parts), width: CHANNELS[2] };
}
