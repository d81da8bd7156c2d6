import { describe, expect, test } from 'vitest';
import { randomNormal, randomOrder, randomUniform, threefry } from './random.ts';

describe('counter-based random numbers', () => {
  test('Threefry-2x32-20 returns the known values of the Random123 library', () => {
    expect(threefry([0, 0], [0, 0])).toEqual([0x6b200159, 0x99ba4efe]);
    expect(threefry([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff])).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(threefry([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3])).toEqual([0xc4923a9c, 0x483df7a0]);
  });

  test('normal numbers have mean 0, variance 1 and the tails of the normal distribution', () => {
    const numbers = randomNormal({ seed: 7, stream: 'z', step: 3 }, 100_000);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
    const beyondTwo = numbers.filter((value) => Math.abs(value) > 2).length / numbers.length;
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(variance).toBeCloseTo(1, 1);
    expect(beyondTwo).toBeCloseTo(0.0455, 2);
  });

  test('uniform numbers fill [-1, 1)', () => {
    const numbers = randomUniform({ seed: 7, stream: 'z', step: 3 }, 10_000);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, value) => sum + value ** 2, 0) / numbers.length).toBeCloseTo(1 / 3, 1);
  });

  test('an order is a permutation, and another step gives another one', () => {
    const first = randomOrder({ seed: 1, stream: 'order', step: 0 }, 1000);
    const second = randomOrder({ seed: 1, stream: 'order', step: 1 }, 1000);
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect([...first]).not.toEqual([...second]);
    expect([...first]).toEqual([...randomOrder({ seed: 1, stream: 'order', step: 0 }, 1000)]);
  });
});
