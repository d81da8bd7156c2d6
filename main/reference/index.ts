/**
 * Reference numbers of PyTorch, numpy and Pillow with which tests compare the app's, and the Python that
 * makes them. Only tests and benchmarks import this folder.
 */
import { tf, type Shape, type Tensor } from '../tensor.ts';
import fixtures from './pytorch.json' with { type: 'json' };

export { expectClose } from './close.ts';
export { plainAnswers, type PlainAnswer } from './plain-answers.ts';
export { bothWays } from './replay.ts';

export const pytorch = fixtures;

/** A tensor of scale * sin(0.7 i + offset), where i is the index in the flattened shape. */
export function fill(shape: Shape, offset: number, scale = 0.5): Tensor {
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, (_, index) => scale * Math.sin(0.7 * index + offset)),
    shape,
  );
}
