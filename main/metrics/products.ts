/** Products of every row of one set with every row of another, from which kernels and distances follow. */
import { oncePerPair } from './once-per-pair.ts';
import { rows, rowsIn, type Rows } from './rows.ts';

/** a · b of each pair, [rows of a, rows of b] flattened. */
export const products = oncePerPair((a: Rows, b: Rows): Float64Array => {
  const others = rows(b.numbers, b.width);
  const result = new Float64Array(rowsIn(a) * others.length);
  rows(a.numbers, a.width).forEach((row, at) =>
    others.forEach((other, place) => {
      result[at * others.length + place] = product(row, other);
    }),
  );
  return result;
});

/** |a - b|^2 of each pair, [rows of a, rows of b] flattened; exactly 0 for equal rows. */
export function squaredDistances(a: Rows, b: Rows): Float64Array {
  const [ofA, ofB] = [a, b].map((each) => rows(each.numbers, each.width).map((row) => product(row, row)));
  const width = ofB!.length;
  return products(a, b).map((both, place) =>
    Math.max(0, ofA![Math.floor(place / width)]! - 2 * both + ofB![place % width]!),
  );
}

type Numbers = Float32Array | Float64Array;

/** Sum of a b over their numbers. */
export function product(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let place = 0; place < a.length; place++) sum += a[place]! * b[place]!;
  return sum;
}
