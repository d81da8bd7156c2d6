/**
 * The Fréchet distance of two sets of features, as in FID but on features of our own: biased for small sets, so
 * that it serves benchmarks, which compare sets of one size.
 */
import { product } from './products.ts';
import { rows, rowsIn, type Rows } from './rows.ts';

const SWEEPS = 30;
const PRECISION = 1e-10;

/**
 * |mean - mean'|^2 + tr(C + C' - 2 (C C')^(1/2)): Heusel et al. 2017, equation 6. The trace of the root is the
 * sum of the singular values of X X'^T / sqrt((n - 1)(n' - 1)), where X and X' are the rows without their means; so
 * no matrix is larger than the sets.
 */
export function frechetDistance(a: Rows, b: Rows): number {
  const [one, other] = [centred(a), centred(b)];
  const means = one.mean.reduce((sum, value, place) => sum + (value - (other.mean[place] ?? 0)) ** 2, 0);
  const columns = other.rows.map((row) => Float64Array.from(one.rows, (each) => product(each, row)));
  const root = singularValues(columns).reduce((sum, value) => sum + value, 0);
  return means + one.trace + other.trace - (2 * root) / Math.sqrt((rowsIn(a) - 1) * (rowsIn(b) - 1));
}

function centred(set: Rows): { rows: Float64Array[]; mean: Float64Array; trace: number } {
  const all = rows(set.numbers, set.width);
  const mean = new Float64Array(set.width);
  for (const row of all) row.forEach((value, place) => (mean[place]! += value / all.length));
  const without = all.map((row) => Float64Array.from(row, (value, place) => value - (mean[place] ?? 0)));
  const squares = without.reduce((sum, row) => sum + product(row, row), 0);
  return { rows: without, mean, trace: squares / (all.length - 1) };
}

/** Of the matrix with these columns, by one-sided Jacobi rotations until all are at right angles (Hestenes 1958). */
function singularValues(columns: Float64Array[]): number[] {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false;
    columns.forEach((p, first) => {
      for (const q of columns.slice(first + 1)) turned = rotate(p, q) || turned;
    });
    if (!turned) break;
  }
  return columns.map((column) => Math.sqrt(product(column, column)));
}

/** Turns two columns to right angles, in place; says whether they were not. */
function rotate(p: Float64Array, q: Float64Array): boolean {
  const [pp, qq, pq] = [product(p, p), product(q, q), product(p, q)];
  if (Math.abs(pq) <= PRECISION * Math.sqrt(pp * qq) || pq === 0) return false;
  const zeta = (qq - pp) / (2 * pq);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  for (let place = 0; place < p.length; place++) {
    const [x, y] = [p[place] ?? 0, q[place] ?? 0];
    p[place] = cosine * (x - tangent * y);
    q[place] = cosine * (tangent * x + y);
  }
  return true;
}
