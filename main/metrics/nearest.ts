/**
 * Nearest neighbours of the rows of one set in another, such as of samples among training pictures, which
 * show whether a generator copies.
 */
import { allPieces } from '../pieces.ts';
import { tf } from '../tensor.ts';
import { rows, rowsIn, squaredDistance, type Rows } from './rows.ts';

const AT_ONCE = 250;
/** Products of two numbers in a piece of the work: about a tenth of a second. */
const PRODUCTS_AT_ONCE = 2e9;
const AROUND = 50;

export type Nearest = {
  /** Its index among the others. */
  index: number;
  /** Root mean square of the differences over the numbers of a row. */
  distance: number;
  /**
   * The distance to the nearest as a share of the mean distance to the 50 nearest: small for a copy, near 1
   * elsewhere.
   */
  share: number;
};

/**
 * For each row of `set`, the nearest row of `others`, which is not empty. With `but: 'itself'`, a set is
 * compared with itself: the row of the same index and its duplicates are left out.
 */
export function nearest(set: Rows, others: Rows, but: 'none' | 'itself' = 'none'): Nearest[] {
  return allPieces(nearestInPieces(set, others, but));
}

/** `nearest` in pieces. */
export function* nearestInPieces(
  set: Rows,
  others: Rows,
  but: 'none' | 'itself' = 'none',
): Generator<undefined, Nearest[]> {
  const theirs = rows(others.numbers, others.width);
  const found: Nearest[] = [];
  const atOnce = Math.max(1, Math.min(AT_ONCE, Math.floor(PRODUCTS_AT_ONCE / others.numbers.length)));
  for (const { first, part } of parts(set, atOnce)) {
    const squares = relativeSquares(part, others);
    rows(part.numbers, part.width).forEach((row, at) =>
      found.push(
        nearestTo(row, {
          theirs,
          squares: squares.subarray(at * theirs.length, (at + 1) * theirs.length),
          but: but === 'itself' ? first + at : undefined,
        }),
      ),
    );
    yield undefined;
  }
  return found;
}

function nearestTo(
  row: Float32Array,
  {
    theirs,
    squares,
    but,
  }: { theirs: readonly Float32Array[]; squares: Float32Array; but: number | undefined },
): Nearest {
  const order = [...squares.keys()]
    .filter((index) => index !== but)
    .sort((a, b) => (squares[a] ?? 0) - (squares[b] ?? 0));
  // From differences, because distances computed from products lose the last digits for a copy.
  const distanceTo = (index: number) => Math.sqrt(squaredDistance(row, theirs[index]!) / row.length);
  const doubles = but === undefined ? 0 : order.findIndex((index) => distanceTo(index) > 0);
  const [index = 0, ...next] = order.slice(Math.max(0, doubles)).slice(0, AROUND);
  const distance = distanceTo(index);
  const own = row.reduce((sum, value) => sum + value * value, 0);
  const roughly = next.map((other) => Math.sqrt(Math.max(0, (squares[other] ?? 0) + own) / row.length));
  const around = roughly.reduce((sum, each) => sum + each, distance) / (roughly.length + 1);
  return { index, distance, share: distance > 0 ? distance / around : 0 };
}

/** The value below which this share of the values lies. Throws RangeError if there are none. */
export function quantileOf(values: readonly number[], quantile: number): number {
  const index = Math.min(values.length - 1, Math.floor(quantile * values.length));
  const found = [...values].sort((a, b) => a - b)[index];
  if (found === undefined) throw new RangeError('There are no values, so there is no quantile.');
  return found;
}

/**
 * |a - b|^2 - |a|^2 of each pair, [rows of a, rows of b] flattened: for one row of a, it sorts as the
 * distance does.
 */
function relativeSquares(a: Rows, b: Rows): Float32Array {
  const width = rowsIn(b);
  const result = new Float32Array(rowsIn(a) * width);
  for (const { first, part } of parts(b, AT_ONCE)) {
    const count = rowsIn(part);
    const squares = tf.tidy(() => {
      const [ones, others] = [matrixOf(a), matrixOf(part)];
      const both = tf.matMul(ones, others, false, true);
      return tf.sub(tf.sum(tf.square(others), 1), tf.mul(both, 2));
    });
    rows(squares.dataSync<'float32'>(), count).forEach((row, at) => result.set(row, at * width + first));
    squares.dispose();
  }
  return result;
}

const matrixOf = (each: Rows) => tf.tensor2d(each.numbers, [rowsIn(each), each.width]);

function parts({ numbers, width }: Rows, atOnce: number): { first: number; part: Rows }[] {
  return Array.from({ length: Math.ceil(numbers.length / (width * atOnce)) }, (_, part) => ({
    first: part * atOnce,
    part: { numbers: numbers.subarray(part * atOnce * width, (part + 1) * atOnce * width), width },
  }));
}
