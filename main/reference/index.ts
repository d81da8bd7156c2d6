/**
 * Reference numbers of PyTorch, numpy and Pillow that tests compare ours with, and the Python that makes
 * them. Only tests and benchmarks import it.
 */
import { tf, type Shape, type Tensor } from '../tensor.ts';
import fixtures from './pytorch.json' with { type: 'json' };

export { expectClose } from './close.ts';
export { plainAnswers, type PlainAnswer } from './plain-answers.ts';
export { bothWays } from './replay.ts';

export const pytorch = fixtures;

/** scale * sin(0.7 i + offset), i counting through the shape. */
export function fill(shape: Shape, offset: number, scale = 0.5): Tensor {
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, (_, index) => scale * Math.sin(0.7 * index + offset)),
    shape,
  );
}
