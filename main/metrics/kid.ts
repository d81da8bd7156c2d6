/**
 * The kernel Inception distance (KID), on EfficientNet-Lite0 instead of Inception: how much the distributions
 * of two sets of pictures differ. It is unbiased, so small sets will do; it is not comparable with published
 * values.
 */
import { onTrainedFeatures, type Metric, type Score } from './metric.ts';
import { products } from './products.ts';
import { rowsIn, type Rows } from './rows.ts';

/** KID is a small number, so it is shown times 1000. */
const SCALE = 1000;
const BLOCKS = 10;
const FEWEST_IN_BLOCK = 2;

export const kid: Metric = {
  kind: 'kid',
  label: 'KID × 1000 on EfficientNet-Lite0',
  summary:
    'How far samples are from the data in features of a trained network; about 0 where they cannot be told apart.',
  better: 'down',
  ...onTrainedFeatures,
  measure({ generated, data }) {
    const { value, error } = kernelDistance(generated.features, data.features);
    return { value: SCALE * value, ...(error !== undefined && { error: SCALE * error }) };
  },
};

/**
 * The squared maximum mean discrepancy with the kernel (x · y / width + 1)^3, and its standard error over ten
 * blocks of both sets, which is left out if a block would hold fewer than two rows.
 *
 * Bińkowski et al. 2018, Demystifying MMD GANs, section 4; Gretton et al. 2012, A kernel two-sample test,
 * lemma 6.
 */
export function kernelDistance(a: Rows, b: Rows): Score {
  const kernels = { aa: kernelOf(a, a), bb: kernelOf(b, b), ab: kernelOf(a, b) };
  const [inA, inB] = [rowsIn(a), rowsIn(b)];
  const between = (from: number, to: number) =>
    discrepancy(kernels, {
      a: [Math.floor(from * inA), Math.floor(to * inA)],
      b: [Math.floor(from * inB), Math.floor(to * inB)],
    });
  const value = between(0, 1);
  if (Math.min(inA, inB) < BLOCKS * FEWEST_IN_BLOCK) return { value };
  const blocks = Array.from({ length: BLOCKS }, (_, block) => between(block / BLOCKS, (block + 1) / BLOCKS));
  const mean = blocks.reduce((sum, block) => sum + block, 0) / BLOCKS;
  const variance = blocks.reduce((sum, block) => sum + (block - mean) ** 2, 0) / (BLOCKS - 1);
  return { value, error: Math.sqrt(variance / BLOCKS) };
}

/** The kernel of the rows with these indices. */
type Kernel = (x: number, y: number) => number;
type Range = [from: number, to: number];

function kernelOf(a: Rows, b: Rows): Kernel {
  const both = products.of(a, b);
  const width = rowsIn(b);
  return (x, y) => ((both[x * width + y] ?? 0) / a.width + 1) ** 3;
}

function discrepancy(
  { aa, bb, ab }: Record<'aa' | 'bb' | 'ab', Kernel>,
  { a, b }: { a: Range; b: Range },
): number {
  return meanOfOthers(aa, a) + meanOfOthers(bb, b) - 2 * mean(ab, a, b);
}

/** The mean over pairs of two different rows. */
function meanOfOthers(kernel: Kernel, range: Range): number {
  const count = range[1] - range[0];
  let own = 0;
  for (let x = range[0]; x < range[1]; x++) own += kernel(x, x);
  return (mean(kernel, range, range) * count * count - own) / (count * (count - 1));
}

function mean(kernel: Kernel, xs: Range, ys: Range): number {
  let sum = 0;
  for (let x = xs[0]; x < xs[1]; x++) for (let y = ys[0]; y < ys[1]; y++) sum += kernel(x, y);
  return sum / ((xs[1] - xs[0]) * (ys[1] - ys[0]));
}
