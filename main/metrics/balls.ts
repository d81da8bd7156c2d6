/** The region that a set covers, as balls around its members that reach to their k-th nearest neighbour in it. */
import { squaredDistances } from './products.ts';
import { rowsIn, type Rows } from './rows.ts';

export type InBalls = {
  /** Of each point, in how many balls it lies. */
  around: Int32Array;
  /** Of each ball, how many points it holds. */
  within: Int32Array;
};

/** Which of the points lie in the balls around `centres`; the edge counts. Of fewer centres than k, all are neighbours. */
export function inBalls(centres: Rows, points: Rows, k: number): InBalls {
  const [balls, count] = [rowsIn(centres), rowsIn(points)];
  const radii = squaredRadii(centres, k);
  const distances = squaredDistances(centres, points);
  const found: InBalls = { around: new Int32Array(count), within: new Int32Array(balls) };
  for (let ball = 0; ball < balls; ball++)
    for (let point = 0; point < count; point++) {
      if ((distances[ball * count + point] ?? 0) > (radii[ball] ?? 0)) continue;
      found.around[point]! += 1;
      found.within[ball]! += 1;
    }
  return found;
}

/** The share of these that are above 0. */
export function shareAboveZero(counts: Int32Array): number {
  return counts.filter((count) => count > 0).length / counts.length;
}

function squaredRadii(centres: Rows, k: number): Float64Array {
  const count = rowsIn(centres);
  const distances = squaredDistances(centres, centres);
  // The first in order is the centre itself.
  return Float64Array.from(
    { length: count },
    (_, centre) => distances.slice(centre * count, (centre + 1) * count).sort()[Math.min(k, count - 1)] ?? 0,
  );
}
