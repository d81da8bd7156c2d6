/** A mesh over the latent space, whose image under G is G's manifold. */
import { sizeOf, type LatentSpace } from '../explore/index.ts';

/** Lines of the mesh in each direction; of a line over a z of one number, points. */
const LINES = 25;
const POINTS_OF_A_LINE = 200;

/** `z`: [rows * columns, size], row by row; as many latent points fall into each cell as into any other. */
export type Mesh = { z: Float32Array; columns: number; rows: number };

/** Over the first two numbers of the space's first part; the others are 0, or the first of several kinds. */
export function meshOf(space: LatentSpace): Mesh {
  const [first] = space;
  if (!first) throw new Error('A mesh needs a latent space.');
  const { distribution } = first;
  const size = sizeOf(space);
  const [columns, rows] = first.size === 1 ? [POINTS_OF_A_LINE, 1] : [LINES, LINES];
  const z = new Float32Array(rows * columns * size);
  const fixed = firstKinds(space);
  const lines = (count: number) =>
    Array.from({ length: count }, (_, line) =>
      distribution === 'uniform' ? (2 * line) / (count - 1) - 1 : quantile((line + 0.5) / count),
    );
  const [across, down] = [lines(columns), lines(rows)];
  for (let place = 0; place < rows * columns; place++) {
    z.set(fixed, place * size);
    z[place * size] = across[place % columns] ?? 0;
    if (first.size > 1) z[place * size + 1] = down[Math.floor(place / columns)] ?? 0;
  }
  return { z, columns, rows };
}

/** A point of zeros, with the first kind where one of several is drawn. */
function firstKinds(space: LatentSpace): Float32Array {
  return Float32Array.from(
    space.flatMap(({ size, distribution }) =>
      Array.from({ length: size }, (_, place) => (distribution === 'one-hot' && place === 0 ? 1 : 0)),
    ),
  );
}

/**
 * Below which a standard normal number is with this probability, to within 0.005 between 0.001 and 0.999.
 * Winitzki 2008, A handy approximation for the error function and its inverse.
 */
function quantile(probability: number): number {
  const a = 0.147;
  const x = 2 * probability - 1;
  const log = Math.log(1 - x * x);
  const term = 2 / (Math.PI * a) + log / 2;
  return Math.SQRT2 * Math.sign(x) * Math.sqrt(Math.sqrt(term * term - log / a) - term);
}
