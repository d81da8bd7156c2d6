/** The expectation that numbers are close to a reference. */
import { expect } from 'vitest';
import type { Tensor } from '../tensor.ts';

/**
 * Expects each number to differ from its reference by less than `tolerance` times the largest reference
 * number.
 */
export function expectClose(actual: Tensor | ArrayLike<number>, reference: number[], tolerance = 1e-5): void {
  const numbers = Array.from('dataSync' in actual ? actual.dataSync() : actual);
  expect(numbers).toHaveLength(reference.length);
  const largest = Math.max(1e-3, ...reference.map(Math.abs));
  const furthest = Math.max(...numbers.map((number, index) => Math.abs(number - (reference[index] ?? 0))));
  expect(furthest / largest).toBeLessThan(tolerance);
}
