/** A mesh over the latent space, whose image under G is G's manifold. */
import { sizeOf, type LatentSpace } from '../explore/index.ts';

/** Lines of the mesh in each direction. */
const LINES = 25;
/** Points of the line that takes the mesh's index over a z of one number. */
const POINTS_OF_A_LINE = 200;

/** `z`: [rows * columns, size], row by row; each cell is equally likely to hold a drawn latent point. */
export type Mesh = { z: Float32Array; columns: number; rows: number };

/**
 * A mesh over the first two numbers of the space's first part. The other numbers are 0, except for the first
 * one of each one-hot part, which is 1.
 */
export function meshOf(space: LatentSpace): Mesh {
  const [first] = space;
  if (!first) throw new Error('A mesh needs a latent space.');
  const { distribution } = first;
  const size = sizeOf(space);
  const [columns, rows] = first.size === 1 ? [POINTS_OF_A_LINE, 1] : [LINES, LINES];
  const z = new Float32Array(rows * columns * size);
  const fixed = fixedNumbers(space);
  const lines = (count: number) =>
    Array.from({ length: count }, (_, line) =>
      distribution === 'uniform' ? (2 * line) / (count - 1) - 1 : quantile((line + 0.5) / count),
    );
  const [across, down] = [lines(columns), lines(rows)];
  for (let index = 0; index < rows * columns; index++) {
    z.set(fixed, index * size);
    z[index * size] = across[index % columns] ?? 0;
    if (first.size > 1) z[index * size + 1] = down[Math.floor(index / columns)] ?? 0;
  }
  return { z, columns, rows };
}

/** A latent point of zeros, with a 1 at the start of each one-hot part. */
function fixedNumbers(space: LatentSpace): Float32Array {
  return Float32Array.from(
    space.flatMap(({ size, distribution }) =>
      Array.from({ length: size }, (_, index) => (distribution === 'one-hot' && index === 0 ? 1 : 0)),
    ),
  );
}

/**
 * The quantile of the standard normal distribution, to within 0.005 for probabilities between 0.001 and
 * 0.999. Winitzki 2008, A handy approximation for the error function and its inverse.
 */
function quantile(probability: number): number {
  const a = 0.147;
  const x = 2 * probability - 1;
  const log = Math.log(1 - x * x);
  const term = 2 / (Math.PI * a) + log / 2;
  return Math.SQRT2 * Math.sign(x) * Math.sqrt(Math.sqrt(term * term - log / a) - term);
}
