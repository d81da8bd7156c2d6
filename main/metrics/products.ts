/**
 * Dot products of every row of one set with every row of another, from which kernels and distances follow.
 */
import { OncePerPair } from './once-per-pair.ts';
import { rows, rowsIn, type Rows } from './rows.ts';

/** Rows of the first set in one piece of the work. */
const AT_ONCE = 128;

/** a · b of each pair, [rows of a, rows of b] flattened. */
export const products: OncePerPair<Rows, Rows, Float64Array> = new OncePerPair(function* (
  a: Rows,
  b: Rows,
): Generator<undefined, Float64Array> {
  const turned = products.known(b, a);
  if (turned) return transposed(turned.result, rowsIn(a));
  const others = rows(b.numbers, b.width);
  const result = new Float64Array(rowsIn(a) * others.length);
  for (const [at, row] of rows(a.numbers, a.width).entries()) {
    const first = a === b ? at : 0;
    for (let index = first; index < others.length; index++) {
      const both = product(row, others[index]!);
      result[at * others.length + index] = both;
      if (a === b) result[index * others.length + at] = both;
    }
    if (at % AT_ONCE === AT_ONCE - 1) yield undefined;
  }
  return result;
});

/** |a - b|^2 of each pair, [rows of a, rows of b] flattened; exactly 0 for equal rows. */
export function squaredDistances(a: Rows, b: Rows): Float64Array {
  const [ofA, ofB] = [squares(a), squares(b)];
  const width = ofB.length;
  return products
    .of(a, b)
    .map((both, index) =>
      Math.max(0, (ofA[Math.floor(index / width)] ?? 0) - 2 * both + (ofB[index % width] ?? 0)),
    );
}

/** |a|^2 of each row. */
const squares = ({ numbers, width }: Rows): number[] => rows(numbers, width).map((row) => product(row, row));

type Numbers = Float32Array | Float64Array;

/** The dot product of two rows of the same length. */
export function product(a: Numbers, b: Numbers): number {
  const { length } = a;
  let [sum, second, third, fourth] = [0, 0, 0, 0];
  let index = 0;
  // Four independent sums, so that the processor need not wait for one addition before the next.
  for (; index + 3 < length; index += 4) {
    sum += a[index]! * b[index]!;
    second += a[index + 1]! * b[index + 1]!;
    third += a[index + 2]! * b[index + 2]!;
    fourth += a[index + 3]! * b[index + 3]!;
  }
  for (; index < length; index++) sum += a[index]! * b[index]!;
  return sum + second + third + fourth;
}

/** From [columns, rows] to [rows, columns]. */
function transposed(numbers: Float64Array, rowCount: number): Float64Array {
  const columns = numbers.length / rowCount;
  return numbers.map((_, index) => numbers[(index % columns) * rowCount + Math.floor(index / columns)] ?? 0);
}
