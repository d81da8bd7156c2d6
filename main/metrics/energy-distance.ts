/** How far two clouds of points lie from each other: their energy distance, 0 where they are drawn alike. */

/**
 * Square root of 2 E|a - b| - E|a - a'| - E|b - b'| over all pairs; points are [x, y] pairs.
 *
 * Székely and Rizzo 2013, Energy statistics: a class of statistics based on distances, equation 2.1.
 */
export function energyDistance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(Math.max(0, 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b)));
}

function meanDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) {
    for (let j = 0; j < b.length; j += 2)
      sum += Math.sqrt((a[i]! - b[j]!) ** 2 + (a[i + 1]! - b[j + 1]!) ** 2);
  }
  return sum / ((a.length / 2) * (b.length / 2));
}
