/** Writes docs/precision.md: the results of the precision bench as a table. */
import type { PrecisionResult } from './precision-record.ts';

/** The page in Markdown; the same results give the same text. */
export function precisionPage(results: readonly PrecisionResult[]): string {
  const rows = [...new Set(results.map(({ row }) => row))];
  const seeds = [...new Set(results.map(({ seed }) => seed))].sort((a, b) => a - b);
  const steps = Math.min(...results.map((each) => each.steps));
  const lines = rows.flatMap((row) =>
    seeds.flatMap((seed) => {
      const of = (precision: string) =>
        results.find(
          (each) =>
            each.row === row && each.seed === seed && each.precision === precision && each.steps === steps,
        );
      const [float32, bfloat16] = [of('float32'), of('bfloat16')];
      return float32 && bfloat16 ? [lineOf(row, seed, { float32, bfloat16 })] : [];
    }),
  );
  const long = results.filter((each) => each.steps > steps);
  return `# What bfloat16 costs in quality

Written by \`npm run -s bench -- precision\`, which measures what is not in docs/precision.json yet and goes on where it was
interrupted. Each pair of runs has the same settings, seed and ${steps} steps; networks of width 16 on the app’s emoji at
64 px, or on its digits at 28 px. KID x 1000 of 500 samples of the averaged weights, with its standard error: lower is
better. “Within”: the two differ by no more than two standard errors of their difference. Step times include everything
that a run does, on a machine that did other work beside: docs/performance.md compares speeds.

| run | seed | float32 | bfloat16 | within | refused steps | ms a step, float32 and bfloat16 | commits | processor |
|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}

${long.length === 0 ? 'No long run has been measured yet.' : 'Longer runs in bfloat16:'}

${long.map((each) => `- ${each.row}, seed ${each.seed}: ${each.steps} steps, ${each.refused} of them refused; KID ${each.kid} ± ${each.kidError}.`).join('\n')}
`;
}

type Pair = { float32: PrecisionResult; bfloat16: PrecisionResult };

function lineOf(row: string, seed: number, { float32, bfloat16 }: Pair): string {
  const within = Math.abs(float32.kid - bfloat16.kid) <= 2 * Math.hypot(float32.kidError, bfloat16.kidError);
  const kid = ({ kid: value, kidError }: PrecisionResult) => `${value} ± ${kidError}`;
  return `| ${[
    row,
    seed,
    kid(float32),
    kid(bfloat16),
    within ? 'yes' : bfloat16.kid < float32.kid ? 'better' : 'no',
    `${float32.refused} and ${bfloat16.refused}`,
    `${float32.milliseconds} and ${bfloat16.milliseconds}`,
    [...new Set([float32.commit, bfloat16.commit])].join(' and '),
    float32.processor,
  ].join(' | ')} |`;
}
