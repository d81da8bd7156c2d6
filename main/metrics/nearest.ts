/**
 * How near things are to the nearest of others, such as samples to pictures trained on: what tells a generator
 * that copies from one that makes new pictures.
 */
import { tf } from '../tensor.ts';
import { rows, rowsIn, squaredDistance, type Rows } from './rows.ts';

const AT_ONCE = 250;

export type Nearest = {
  /** Its number among the others. */
  index: number;
  /** Root mean square over the numbers of a row. */
  distance: number;
};

/**
 * Of each row of `set` the nearest of `others`, of which there is at least one; `but` leaves out the one with its own
 * number, for a set among itself.
 */
export function nearest(set: Rows, others: Rows, but: 'none' | 'itself' = 'none'): Nearest[] {
  const theirs = rows(others.numbers, others.width);
  return parts(set).flatMap(({ first, part }) =>
    nearestIndices(part, others, but === 'itself' ? first : undefined).map((index, at) => {
      const row = part.numbers.subarray(at * part.width, (at + 1) * part.width);
      // Once more by differences: products lose the last digits of a copy's distance.
      return { index, distance: Math.sqrt(squaredDistance(row, theirs[index]!) / set.width) };
    }),
  );
}

/**
 * The share of `distances` below the given quantile of the `expected` ones, which images that nobody copied
 * have: near that quantile where nothing is copied, towards 1 where all is. `quantile` is in [0, 1].
 */
export function shareBelow({
  distances,
  expected,
  quantile,
}: {
  distances: number[];
  expected: number[];
  quantile: number;
}): number {
  const bound = quantileOf(expected, quantile);
  return distances.filter((distance) => distance < bound).length / distances.length;
}

/** The value that this share of them lies below. Throws RangeError where there are none. */
export function quantileOf(values: readonly number[], quantile: number): number {
  const place = Math.min(values.length - 1, Math.floor(quantile * values.length));
  const found = [...values].sort((a, b) => a - b)[place];
  if (found === undefined) throw new RangeError('Of no expected distances there is no quantile.');
  return found;
}

/** `own`: the number of the first row among the others; left out where they are others indeed. */
function nearestIndices(part: Rows, others: Rows, own: number | undefined): number[] {
  const count = rowsIn(part);
  const best = Array.from({ length: count }, () => ({ squares: Infinity, index: -1 }));
  for (const { first, part: some } of parts(others)) {
    const squares = relativeSquares(part, some); // [count, some]
    const width = rowsIn(some);
    best.forEach((found, row) => {
      for (let place = 0; place < width; place++) {
        const [value, index] = [squares[row * width + place]!, first + place];
        if (value >= found.squares || (own !== undefined && own + row === index)) continue;
        found.squares = value;
        found.index = index;
      }
    });
  }
  return best.map(({ index }) => index);
}

/** |a - b|^2 - |a|^2 of each pair: its order among one row's is that of the distances. */
function relativeSquares(a: Rows, b: Rows): Float32Array {
  const squares = tf.tidy(() => {
    const [ones, others] = [a, b].map((each) => tf.tensor2d(each.numbers, [rowsIn(each), each.width]));
    const both = tf.matMul(ones!, others!, false, true);
    return tf.sub(tf.sum(tf.square(others!), 1), tf.mul(both, 2));
  });
  const values = squares.dataSync<'float32'>();
  squares.dispose();
  return values;
}

function parts({ numbers, width }: Rows): { first: number; part: Rows }[] {
  return Array.from({ length: Math.ceil(numbers.length / (width * AT_ONCE)) }, (_, part) => ({
    first: part * AT_ONCE,
    part: { numbers: numbers.subarray(part * AT_ONCE * width, (part + 1) * AT_ONCE * width), width },
  }));
}
