/** Writes docs/precision.md: the results of the precision bench as a table. */
import { mean, standardDeviation } from './mean.ts';
import type { PrecisionResult } from './precision-record.ts';

/** The page in Markdown; the same results give the same text. */
export function precisionPage(results: readonly PrecisionResult[]): string {
  const steps = Math.min(...results.map((each) => each.steps));
  const pairs = pairsOf(results.filter((each) => each.steps === steps));
  const rows = [...new Set(pairs.map(({ float32 }) => float32.row))];
  const long = results.filter((each) => each.steps > steps);
  return `# What bfloat16 costs in quality

Written by \`npm run -s bench -- precision\`, which measures what is not in docs/precision.json yet and goes on where it was
interrupted. Each pair of runs has the same settings, seed and ${steps} steps; networks of width 16 on the app’s emoji at
64 px, or on its digits at 28 px. KID x 1000 of 500 samples of the averaged weights, with its standard error: lower is
better. “Within”: the two differ by no more than two standard errors of their difference. Step times include everything
that a run does, on a machine that did other work beside: docs/performance.md compares speeds.

| run | seed | float32 | bfloat16 | within | refused steps | ms a step, float32 and bfloat16 | commits | processor |
|---|---|---|---|---|---|---|---|---|
${pairs.map(lineOf).join('\n')}

Means over the seeds: of each precision, and of the difference (bfloat16 minus float32, with the same seed) with its standard error.
Rounding sends a run another way, as another seed does, so one seed may differ by more than the metric’s own error in either direction.

| run | seeds | float32 | bfloat16 | difference |
|---|---|---|---|---|
${rows.map((row) => meansOf(row, pairs)).join('\n')}

${long.length === 0 ? 'No long run has been measured yet.' : 'Longer runs in bfloat16:'}

${long.map((each) => `- ${each.row}, seed ${each.seed}: ${each.steps} steps, ${each.refused} of them refused; KID ${each.kid} ± ${each.kidError}.`).join('\n')}
`;
}

type Pair = { float32: PrecisionResult; bfloat16: PrecisionResult };

/** What was measured in both precisions, by row and seed. */
function pairsOf(results: readonly PrecisionResult[]): Pair[] {
  const rows = [...new Set(results.map(({ row }) => row))];
  const of = (precision: string) => results.filter((each) => each.precision === precision);
  return of('float32')
    .flatMap((float32) =>
      of('bfloat16')
        .filter((each) => each.row === float32.row && each.seed === float32.seed)
        .map((bfloat16) => ({ float32, bfloat16 })),
    )
    .sort(
      (a, b) => rows.indexOf(a.float32.row) - rows.indexOf(b.float32.row) || a.float32.seed - b.float32.seed,
    );
}

function meansOf(row: string, all: readonly Pair[]): string {
  const pairs = all.filter(({ float32 }) => float32.row === row);
  const differences = pairs.map(({ float32, bfloat16 }) => bfloat16.kid - float32.kid);
  return `| ${[
    row,
    pairs.length,
    rounded(mean(pairs.map(({ float32 }) => float32.kid))),
    rounded(mean(pairs.map(({ bfloat16 }) => bfloat16.kid))),
    `${rounded(mean(differences))}${pairs.length < 2 ? '' : ` ± ${rounded(standardError(differences))}`}`,
  ].join(' | ')} |`;
}

const rounded = (value: number): number => Math.round(10 * value) / 10;

/** Of the mean of these; at least two. */
const standardError = (values: readonly number[]): number =>
  standardDeviation(values) / Math.sqrt(values.length);

function lineOf({ float32, bfloat16 }: Pair): string {
  const within = Math.abs(float32.kid - bfloat16.kid) <= 2 * Math.hypot(float32.kidError, bfloat16.kidError);
  const kid = ({ kid: value, kidError }: PrecisionResult) => `${value} ± ${kidError}`;
  return `| ${[
    float32.row,
    float32.seed,
    kid(float32),
    kid(bfloat16),
    within ? 'yes' : bfloat16.kid < float32.kid ? 'better' : 'no',
    `${float32.refused} and ${bfloat16.refused}`,
    `${float32.milliseconds} and ${bfloat16.milliseconds}`,
    [...new Set([float32.commit, bfloat16.commit])].join(' and '),
    float32.processor,
  ].join(' | ')} |`;
}
