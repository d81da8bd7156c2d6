/** Adam (Kingma and Ba 2015, algorithm 1 with the order of section 2's last paragraph), as TensorFlow's ApplyAdam has it. */
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';

const EPSILON = 1e-8;

export type AdamSettings = { learningRate: number; beta1: number; beta2: number };
/** First and second moments by weight, shaped like their weights. */
export type Moments = { first: Tensors; second: Tensors };

/** The rate with the bias correction in it, for the step-th update (from 1): rate * sqrt(1 - beta2^t) / (1 - beta1^t). */
export function correctedRate({ learningRate, beta1, beta2 }: AdamSettings, update: number): number {
  return (learningRate * Math.sqrt(1 - beta2 ** update)) / (1 - beta1 ** update);
}

/** Moments of zero for these weights. */
export function zeroMoments(weights: Tensors): Moments {
  const zeros = () => Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, tf.zerosLike(weight)]));
  return { first: zeros(), second: zeros() };
}

/**
 * One update, pure: new weights and moments for every weight that has a gradient.
 *
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w = w - rate m / (sqrt(v) + epsilon).
 */
export function adam({ weights, gradients, moments, rate, beta1, beta2 }: {
  weights: Tensors; gradients: Tensors; moments: Moments; rate: Scalar; beta1: number; beta2: number;
}): { weights: Tensors; moments: Moments } {
  const updated = { weights: {} as Tensors, moments: { first: {}, second: {} } as Moments };
  for (const [name, gradient] of Object.entries(gradients)) {
    const first = mix(moments.first[name]!, gradient, beta1);
    const second = mix(moments.second[name]!, tf.square(gradient), beta2);
    const change = tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), EPSILON));
    updated.weights[name] = tf.sub(weights[name]!, change);
    updated.moments.first[name] = first;
    updated.moments.second[name] = second;
  }
  return updated;
}

function mix(kept: Tensor, news: Tensor, share: number): Tensor {
  return tf.add(tf.mul(kept, share), tf.mul(news, 1 - share));
}
