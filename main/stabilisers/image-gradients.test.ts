import { test } from 'vitest';
import { objectiveOf } from '../losses/index.ts';
import { expectClose } from '../reference/index.ts';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Turn } from '../game/turn.ts';
import { squaredSlopes } from './image-gradients.ts';

/** A D whose verdict on an image and what stands beside it is `verdict`. */
const turnWith = (verdict: Turn['judge']): Turn => ({
  inputs: {},
  step: tf.scalar(0),
  loss: objectiveOf({ kind: 'hinge', options: {} }),
  random: { normal: tf.zeros, uniform: tf.zeros },
  memory: {},
  run: () => ({}),
  reals: () => ({ image: tf.zeros([1]) }),
  fakes: () => ({ image: tf.zeros([1]) }),
  judge: verdict,
  weights: () => ({}),
  remember: () => undefined,
  report: () => undefined,
});

test('D’s slope is over all that it judges, and over nothing on the way there: a code that an encoder made of the image stands for itself', () => {
  const image = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  let found: Tensor | undefined;
  // As in a turn, a gradient is being taken, and the encoder runs under it.
  tf.grad((weight: Tensor) => {
    const code = tf.mul(image, 5);
    const turn = turnWith((subject) => ({
      verdict: tf.mul(
        weight,
        tf.add(tf.sum(subject['image']!, 1, true), tf.mul(2, tf.sum(subject['code']!, 1, true))),
      ),
    }));
    found = tf.keep(squaredSlopes(turn, { image, code }));
    return tf.sum(found) as Scalar;
  })(tf.scalar(1));
  // two numbers of slope 1, and two of slope 2
  expectClose(found!, [10, 10]);
});
