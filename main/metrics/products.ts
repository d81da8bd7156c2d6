/** Products of every row of one set with every row of another, from which kernels and distances follow. */
import { OncePerPair } from './once-per-pair.ts';
import { rows, rowsIn, type Rows } from './rows.ts';

/** So many rows are multiplied at once. */
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
    for (let place = first; place < others.length; place++) {
      const both = product(row, others[place]!);
      result[at * others.length + place] = both;
      if (a === b) result[place * others.length + at] = both;
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
    .map((both, place) =>
      Math.max(0, (ofA[Math.floor(place / width)] ?? 0) - 2 * both + (ofB[place % width] ?? 0)),
    );
}

/** |a|^2 of each row. */
const squares = ({ numbers, width }: Rows): number[] => rows(numbers, width).map((row) => product(row, row));

type Numbers = Float32Array | Float64Array;

/** Sum of a b over their numbers. */
export function product(a: Numbers, b: Numbers): number {
  const { length } = a;
  let [sum, second, third, fourth] = [0, 0, 0, 0];
  let place = 0;
  // Four sums beside each other: a processor need not wait for one addition before the next.
  for (; place + 3 < length; place += 4) {
    sum += a[place]! * b[place]!;
    second += a[place + 1]! * b[place + 1]!;
    third += a[place + 2]! * b[place + 2]!;
    fourth += a[place + 3]! * b[place + 3]!;
  }
  for (; place < length; place++) sum += a[place]! * b[place]!;
  return sum + second + third + fourth;
}

/** From [columns, rows] to [rows, columns]. */
function transposed(numbers: Float64Array, rowCount: number): Float64Array {
  const columns = numbers.length / rowCount;
  return numbers.map((_, place) => numbers[(place % columns) * rowCount + Math.floor(place / columns)] ?? 0);
}
