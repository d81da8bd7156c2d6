/** Numbers from PyTorch that tests compare ours with, and the same fill that make_fixtures.py starts from. */
import { expect } from 'vitest';
import { tf, type Shape, type Tensor } from '../tensor.ts';
import fixtures from './pytorch.json' with { type: 'json' };

export const pytorch = fixtures;

/** scale * sin(0.7 i + offset), i counting through the shape. */
export function fill(shape: Shape, offset: number, scale = 0.5): Tensor {
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  return tf.tensor(Float32Array.from({ length: count }, (_, index) => scale * Math.sin(0.7 * index + offset)), shape);
}

/** Every number within `tolerance` of its reference, relative to the largest. */
export function expectClose(actual: Tensor | ArrayLike<number>, reference: number[], tolerance = 1e-5): void {
  const numbers = Array.from('dataSync' in actual ? actual.dataSync() : actual);
  expect(numbers).toHaveLength(reference.length);
  const largest = Math.max(1e-3, ...reference.map(Math.abs));
  const furthest = Math.max(...numbers.map((number, index) => Math.abs(number - reference[index]!)));
  expect(furthest / largest).toBeLessThan(tolerance);
}
