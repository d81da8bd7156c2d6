/** Writes scores of metrics for a terminal. */
import type { BestCheckpoint, RunConfig, Score } from '../contract/index.ts';

/** Such as `812 ± 20.1`; `-` if it was not measured. */
export function scoreInWords(score: Score | undefined): string {
  if (!score) return '-';
  const { value, error } = score;
  return [value, ...(error === undefined ? [] : [error])]
    .map((number) => String(Number(number.toPrecision(3))))
    .join(' ± ');
}

const NAMES: Record<RunConfig['measuring']['best'], string> = {
  kid: 'KID',
  coverage: 'coverage',
  distance: 'distance',
};

const nameOf = (metric: string): string =>
  Object.entries(NAMES).find(([kind]) => kind === metric)?.[1] ?? metric;

/**
 * The line for a measured checkpoint: the score of the metric that chooses the best one, or KID if that is
 * the distance. Undefined if that was not measured.
 */
export function measuredLine(
  { step, of, values, errors }: { step: number; of?: number | undefined } & ScoreValues,
  chosen: RunConfig['measuring']['best'],
): string | undefined {
  const metric = chosen === 'distance' ? 'kid' : chosen;
  const value = values[metric];
  if (of === undefined || value === undefined) return undefined;
  const error = errors?.[metric];
  const words = scoreInWords({ value, ...(error !== undefined && { error }) });
  return `Step ${step}: ${nameOf(metric)} ${words} (step ${of}).\n`;
}

type ScoreValues = { values: Record<string, number>; errors?: Record<string, number> | undefined };

/** Such as `step 1000 (KID 812 ± 20.1)`. */
export function bestInWords({ step, metric, ...score }: BestCheckpoint): string {
  return `step ${step} (${nameOf(metric)} ${scoreInWords(score)})`;
}
