/** Bilinear resizing as a product with a matrix, from the left for rows and once more for columns. */

/**
 * The weights of each pixel before for each pixel after, [after, before] flattened; each row has sum 1. Where the
 * picture shrinks, the triangle widens by as much (antialiasing), as Pillow and PyTorch have it.
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
