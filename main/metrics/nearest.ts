/**
 * How near things are to the nearest of others, such as samples to pictures trained on: what tells a generator
 * that copies from one that makes new pictures.
 */
import { tf } from '../tensor.ts';
import { rows, rowsIn, squaredDistance, type Rows } from './rows.ts';

const AT_ONCE = 250;
const AROUND = 50;

export type Nearest = {
  /** Its number among the others. */
  index: number;
  /** Root mean square over the numbers of a row. */
  distance: number;
  /** The distance to the nearest as a share of the mean distance to the 50 nearest: small for a copy, near 1 elsewhere. */
  share: number;
};

/**
 * Of each row of `set` the nearest of `others`, of which there is at least one; `but` leaves out the one with its own
 * number and its doubles, for a set among itself.
 */
export function nearest(set: Rows, others: Rows, but: 'none' | 'itself' = 'none'): Nearest[] {
  const theirs = rows(others.numbers, others.width);
  return parts(set).flatMap(({ first, part }) => {
    const squares = relativeSquares(part, others);
    return rows(part.numbers, part.width).map((row, at) => {
      const own = squares.subarray(at * theirs.length, (at + 1) * theirs.length);
      const order = [...own.keys()]
        .filter((index) => but === 'none' || index !== first + at)
        .sort((a, b) => own[a]! - own[b]!);
      // Once more by differences: products lose the last digits of a copy's distance.
      const distanceTo = (index: number) => Math.sqrt(squaredDistance(row, theirs[index]!) / set.width);
      const doubles = but === 'none' ? 0 : order.findIndex((index) => distanceTo(index) > 0);
      const closest = order.slice(Math.max(0, doubles)).slice(0, AROUND);
      const distances = closest.map(distanceTo);
      const around = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
      const distance = distances[0]!;
      return { index: closest[0]!, distance, share: distance > 0 ? distance / around : 0 };
    });
  });
}

/** The value that this share of them lies below. Throws RangeError where there are none. */
export function quantileOf(values: readonly number[], quantile: number): number {
  const place = Math.min(values.length - 1, Math.floor(quantile * values.length));
  const found = [...values].sort((a, b) => a - b)[place];
  if (found === undefined) throw new RangeError('Of no expected distances there is no quantile.');
  return found;
}

/** |a - b|^2 - |a|^2 of each pair, [rows of a, rows of b] flattened: its order among one row's is that of the distances. */
function relativeSquares(a: Rows, b: Rows): Float32Array {
  const width = rowsIn(b);
  const result = new Float32Array(rowsIn(a) * width);
  for (const { first, part } of parts(b)) {
    const count = rowsIn(part);
    const squares = tf.tidy(() => {
      const [ones, others] = [a, part].map((each) => tf.tensor2d(each.numbers, [rowsIn(each), each.width]));
      const both = tf.matMul(ones!, others!, false, true);
      return tf.sub(tf.sum(tf.square(others!), 1), tf.mul(both, 2));
    });
    rows(squares.dataSync<'float32'>(), count).forEach((row, at) => result.set(row, at * width + first));
    squares.dispose();
  }
  return result;
}

function parts({ numbers, width }: Rows): { first: number; part: Rows }[] {
  return Array.from({ length: Math.ceil(numbers.length / (width * AT_ONCE)) }, (_, part) => ({
    first: part * AT_ONCE,
    part: { numbers: numbers.subarray(part * AT_ONCE * width, (part + 1) * AT_ONCE * width), width },
  }));
}
