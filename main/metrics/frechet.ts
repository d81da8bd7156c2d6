/**
 * The Fréchet distance of two sets of features, as in FID but on other features. It is biased for small sets,
 * so only benchmarks use it, which compare sets of one size.
 */
import { product } from './products.ts';
import { rows, rowsIn, type Rows } from './rows.ts';

const SWEEPS = 30;
const PRECISION = 1e-10;

/**
 * |mean - mean'|^2 + tr(C + C' - 2 (C C')^(1/2)): Heusel et al. 2017, equation 6. The trace of the root is
 * the sum of the singular values of X X'^T / sqrt((n - 1)(n' - 1)), where X and X' are the rows without their
 * means; so no matrix is larger than the sets.
 */
export function frechetDistance(a: Rows, b: Rows): number {
  const [one, other] = [centred(a), centred(b)];
  const means = one.mean.reduce((sum, value, index) => sum + (value - (other.mean[index] ?? 0)) ** 2, 0);
  const columns = other.rows.map((row) => Float64Array.from(one.rows, (each) => product(each, row)));
  const root = singularValues(columns).reduce((sum, value) => sum + value, 0);
  return means + one.trace + other.trace - (2 * root) / Math.sqrt((rowsIn(a) - 1) * (rowsIn(b) - 1));
}

function centred(set: Rows): { rows: Float64Array[]; mean: Float64Array; trace: number } {
  const all = rows(set.numbers, set.width);
  const mean = new Float64Array(set.width);
  for (const row of all) row.forEach((value, index) => (mean[index]! += value / all.length));
  const without = all.map((row) => Float64Array.from(row, (value, index) => value - (mean[index] ?? 0)));
  const squares = without.reduce((sum, row) => sum + product(row, row), 0);
  return { rows: without, mean, trace: squares / (all.length - 1) };
}

/**
 * Singular values of the matrix with these columns, which Jacobi rotations make orthogonal in place (Hestenes
 * 1958).
 */
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

/** Makes two columns orthogonal, in place; returns whether they were not yet. */
function rotate(p: Float64Array, q: Float64Array): boolean {
  const [pp, qq, pq] = [product(p, p), product(q, q), product(p, q)];
  if (Math.abs(pq) <= PRECISION * Math.sqrt(pp * qq) || pq === 0) return false;
  const zeta = (qq - pp) / (2 * pq);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  for (let index = 0; index < p.length; index++) {
    const [x, y] = [p[index] ?? 0, q[index] ?? 0];
    p[index] = cosine * (x - tangent * y);
    q[index] = cosine * (tangent * x + y);
  }
  return true;
}
