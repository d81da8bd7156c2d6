/** The region that a set covers: balls around its members, each up to the k-th nearest other member. */
import { squaredDistances } from './products.ts';
import { rowsIn, type Rows } from './rows.ts';

export type InBalls = {
  /** For each point, the number of balls that contain it. */
  around: Int32Array;
  /** For each ball, the number of points in it. */
  within: Int32Array;
};

/**
 * Which points lie in the balls around `centres`, edge included. If there are no k other centres, a ball
 * reaches to the farthest one.
 */
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

/** The share of counts that are above 0. */
export function shareAboveZero(counts: Int32Array): number {
  return counts.filter((count) => count > 0).length / counts.length;
}

function squaredRadii(centres: Rows, k: number): Float64Array {
  const count = rowsIn(centres);
  const distances = squaredDistances(centres, centres);
  // The nearest is the centre itself.
  return Float64Array.from(
    { length: count },
    (_, centre) => distances.slice(centre * count, (centre + 1) * count).sort()[Math.min(k, count - 1)] ?? 0,
  );
}
