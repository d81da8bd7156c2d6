/** The energy distance of two sets of points: near 0 if they are drawn from one distribution. */
import { pointsOf } from '../samples/index.ts';

/**
 * Square root of 2 E|a - b| - E|a - a'| - E|b - b'| over all pairs; points are [x, y] pairs.
 *
 * Székely and Rizzo 2013, Energy statistics: a class of statistics based on distances, equation 2.1.
 */
export function energyDistance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(Math.max(0, 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b)));
}

function meanDistance(a: Float32Array, b: Float32Array): number {
  const [ones, others] = [pointsOf(a), pointsOf(b)];
  let sum = 0;
  for (const one of ones)
    for (const other of others) sum += Math.sqrt((one.x - other.x) ** 2 + (one.y - other.y) ** 2);
  return sum / (ones.length * others.length);
}
