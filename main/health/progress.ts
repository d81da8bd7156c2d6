/** Whether a run still gets better. One of these is said of every run of which nothing ill is. */
import type { History, Measured } from './history.ts';
import type { Evidence, Rule } from './rule.ts';

/** Nearer to the best than this share of it is as good, where no standard error is known. */
const AS_GOOD = 0.05;
const ERRORS = 2;
/** So many measures without anything better are a standstill. */
const PATIENCE = 4;
const FEWEST = 3;
/** The first that was measured often enough is gone by; lower is better for each. */
const METRICS = [
  { kind: 'kid', label: 'KID × 1000' },
  { kind: 'distance', label: 'Distance to the data' },
] as const;

type Point = { step: number; value: number; error: number | undefined };
type Course = { label: string; points: readonly Point[]; best: Point };

export const tooEarly: Rule = {
  code: 'too-early',
  tone: 'progress',
  threshold: `The run was measured fewer than ${FEWEST} times.`,
  find: ({ history }) =>
    courseOf(history) ? undefined : { words: 'Too early to say', evidence: [], tries: [] },
};

export const gettingBetter: Rule = {
  code: 'getting-better',
  tone: 'progress',
  threshold: `One of the last ${PATIENCE} measures is better than all before it.`,
  find({ history }) {
    const course = courseOf(history);
    if (!course || standstillOf(course)) return undefined;
    return { words: 'Getting better', evidence: evidenceOf(course), tries: [] };
  },
};

export const noBetter: Rule = {
  code: 'no-better',
  tone: 'progress',
  threshold: `None of the last ${PATIENCE} measures is better than those before them, by ${ERRORS} standard errors or ${100 * AS_GOOD}%.`,
  find({ history }) {
    const course = courseOf(history);
    const since = course && standstillOf(course);
    if (!course || !since) return undefined;
    return {
      words: `No better since step ${since.step}, best at ${course.best.step}`,
      evidence: evidenceOf(course),
      tries: [{ words: `Use the checkpoint of step ${course.best.step}, or lower the learning rates.` }],
    };
  },
};

function courseOf({ measured }: History): Course | undefined {
  for (const { kind, label } of METRICS) {
    const points = measured.flatMap((each) => pointOf(each, kind));
    const [first, ...others] = points;
    if (first && points.length >= FEWEST)
      return {
        label,
        points,
        best: others.reduce((best, each) => (each.value < best.value ? each : best), first),
      };
  }
  return undefined;
}

function pointOf({ step, values, errors }: Measured, kind: string): Point[] {
  const value = values[kind];
  return value === undefined ? [] : [{ step, value, error: errors?.[kind] }];
}

/** The first measure that is as good as the best, where that is long ago. */
function standstillOf({ points, best }: Course): Point | undefined {
  const margin = best.error === undefined ? AS_GOOD * Math.abs(best.value) : ERRORS * best.error;
  const place = points.findIndex(({ value }) => value <= best.value + margin);
  return points.length - 1 - place >= PATIENCE ? points[place] : undefined;
}

function evidenceOf({ label, points, best }: Course): Evidence {
  const shown = [points[0], best, points.at(-1)].filter((point) => point !== undefined);
  return [...new Set(shown)].map(({ step, value }) => ({ label, step, value }));
}
