import { test } from 'vitest';
import { objectiveOf } from '../losses/index.ts';
import { expectClose } from '../reference/index.ts';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Turn } from '../game/index.ts';
import { squaredGradients } from './image-gradients.ts';

/** A turn whose D judges with `logit`. */
const turnWith = (logit: Turn['judge']): Turn => ({
  inputs: {},
  step: tf.scalar(0),
  loss: objectiveOf({ kind: 'hinge', options: {} }),
  random: { normal: tf.zeros, uniform: tf.zeros },
  memory: {},
  run: () => ({}),
  reals: () => ({ image: tf.zeros([1]) }),
  fakes: () => ({ image: tf.zeros([1]) }),
  judge: logit,
  weights: () => ({}),
  remember: () => undefined,
  report: () => undefined,
});

test('D’s gradient is by all parts of a subject, and a code that an encoder made of the image is a part of its own', () => {
  const image = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  let found: Tensor | undefined;
  // As in a turn, a gradient is being taken, and the encoder runs under it.
  tf.grad((weight: Tensor) => {
    const code = tf.mul(image, 5);
    const turn = turnWith((subject) => ({
      logit: tf.mul(
        weight,
        tf.add(tf.sum(subject['image']!, 1, true), tf.mul(2, tf.sum(subject['code']!, 1, true))),
      ),
    }));
    found = tf.keep(squaredGradients(turn, { image, code }));
    return tf.sum(found) as Scalar;
  })(tf.scalar(1));
  // two numbers of gradient 1, and two of gradient 2
  expectClose(found!, [10, 10]);
});
