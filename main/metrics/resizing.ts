/** Bilinear resizing as a product with a matrix, once for rows and once for columns. */

/**
 * The weight of each old pixel in each new one, [after, before] flattened; each row sums to 1. If the picture
 * shrinks, the triangle filter widens by the same factor (antialiasing), as in Pillow and PyTorch.
 */
export function resizing(before: number, after: number): Float32Array {
  const ratio = before / after;
  const reach = Math.max(1, ratio);
  const matrix = new Float32Array(after * before);
  for (let row = 0; row < after; row++) {
    const centre = (row + 0.5) * ratio;
    const weights = Array.from({ length: before }, (_, column) =>
      Math.max(0, 1 - Math.abs(column + 0.5 - centre) / reach),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    matrix.set(
      weights.map((weight) => weight / sum),
      row * before,
    );
  }
  return matrix;
}
