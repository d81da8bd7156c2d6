/** The rules that say whether a run still gets better: a run without problems gets one of these findings. */
import type { RunConfig } from '../contract/index.ts';
import type { MeasuredStep } from './history.ts';
import type { Evidence, Patient, Rule } from './rule.ts';

/**
 * If no standard error is known, a value that differs from the best by less than this share of it counts as
 * equal.
 */
const AS_GOOD = 0.05;
const ERRORS = 2;
/** After this many measures without a better one, the run stands still. */
const PATIENCE = 4;
const FEWEST = 3;
/** The metric that chooses the best checkpoint says more, and is measured less often. */
const FEWEST_OF_CHOSEN = 2;
/** The metrics that can choose the best checkpoint; of the value times `sign`, smaller is better. */
const METRICS = {
  kid: { label: 'KID × 1000', sign: 1 },
  coverage: { label: 'Coverage', sign: -1 },
  distance: { label: 'Distance to the data', sign: 1 },
} as const satisfies Record<RunConfig['measuring']['best'], { label: string; sign: 1 | -1 }>;

type Point = { step: number; value: number; error: number | undefined };
type Course = { label: string; sign: 1 | -1; points: readonly Point[]; best: Point };

export const tooEarly: Rule = {
  code: 'too-early',
  tone: 'progress',
  threshold: `The run was measured fewer than ${FEWEST} times.`,
  find: (patient) => (courseOf(patient) ? undefined : { words: 'Too early to say', evidence: [], tries: [] }),
};

export const gettingBetter: Rule = {
  code: 'getting-better',
  tone: 'progress',
  threshold: `One of the last ${PATIENCE} measures is better than all before it.`,
  find(patient) {
    const course = courseOf(patient);
    if (!course || standstillOf(course)) return undefined;
    return { words: 'Getting better', evidence: evidenceOf(course), tries: [] };
  },
};

export const noBetter: Rule = {
  code: 'no-better',
  tone: 'progress',
  threshold: `None of the last ${PATIENCE} measures is better than all before them by more than ${ERRORS} standard errors or ${100 * AS_GOOD}%.`,
  find(patient) {
    const course = courseOf(patient);
    const since = course && standstillOf(course);
    if (!course || !since) return undefined;
    return {
      words:
        since.step === course.best.step
          ? `No better since step ${since.step}`
          : `Hardly better since step ${since.step}, best at ${course.best.step}`,
      evidence: evidenceOf(course),
      tries: [{ words: `Use the checkpoint of step ${course.best.step}, or lower the learning rates.` }],
    };
  },
};

/**
 * The course of the metric that chooses the best checkpoint, if its error is known often enough; else of the
 * distance.
 */
function courseOf({ history: { measured }, config }: Patient): Course | undefined {
  const chosen = pointsOf(measured, config.measuring.best).filter(({ error }) => error !== undefined);
  const isKnown = chosen.length >= FEWEST_OF_CHOSEN;
  const points = isKnown ? chosen : pointsOf(measured, 'distance');
  const { label, sign } = METRICS[isKnown ? config.measuring.best : 'distance'];
  const [first, ...others] = points;
  if (!first || (!isKnown && points.length < FEWEST)) return undefined;
  const best = others.reduce(
    (before, each) => (sign * each.value < sign * before.value ? each : before),
    first,
  );
  return { label, sign, points, best };
}

const pointsOf = (measured: readonly MeasuredStep[], kind: string): Point[] =>
  measured.flatMap(({ step, values, errors }) => {
    const value = values[kind];
    return value === undefined ? [] : [{ step, value, error: errors?.[kind] }];
  });

/**
 * The first measure that counts as equal to the best; undefined if fewer than PATIENCE measures follow it.
 */
function standstillOf({ sign, points, best }: Course): Point | undefined {
  const margin = best.error === undefined ? AS_GOOD * Math.abs(best.value) : ERRORS * best.error;
  const index = points.findIndex(({ value }) => sign * value <= sign * best.value + margin);
  return points.length - 1 - index >= PATIENCE ? points[index] : undefined;
}

function evidenceOf({ label, points, best }: Course): Evidence {
  const shown = [points[0], best, points.at(-1)].filter((point) => point !== undefined);
  return [...new Set(shown)].map(({ step, value }) => ({ label, step, value }));
}
