/** Counts what a run still has to do: steps, by the phases that they take, sample grids and checkpoints. */
import type { RunConfig } from '../contract/index.ts';
import { duePhases } from './due.ts';
import { programName } from './programs.ts';
import type { RemainingWork } from './speedometer.ts';
import type { Rules } from './step.ts';

/** The most steps that are counted one by one; the rest is assumed to be like them. */
const MOST_COUNTED = 1000;

/** The kind of step `step`, from 0: steps that take the same phases do the same work. */
export const kindOfStep = (rules: Pick<Rules, 'phases'>, step: number): string =>
  programName(duePhases(rules, step));

/** What remains to be done after `step` steps; the last step ends in a sample grid and a checkpoint. */
export function remainingWork({
  config: { steps, samples, checkpoints },
  rules,
  step,
}: {
  config: RunConfig;
  rules: Pick<Rules, 'phases'>;
  step: number;
}): RemainingWork {
  const times = (every: number) => {
    const atTheEnd = step < steps && steps % every !== 0 ? 1 : 0;
    return Math.floor(steps / every) - Math.floor(step / every) + atTheEnd;
  };
  return {
    steps: stepsOfEachKind(rules, step, steps),
    beside: {
      samples: { times: times(samples.everySteps) },
      checkpoint: {
        times: times(checkpoints.everySteps),
        everySeconds: checkpoints.everyMinutes * 60,
      },
    },
  };
}

function stepsOfEachKind(rules: Pick<Rules, 'phases'>, step: number, steps: number): Record<string, number> {
  const left = steps - step;
  const counted = Math.min(left, MOST_COUNTED);
  const counts: Record<string, number> = {};
  for (let at = step; at < step + counted; at++) {
    const kind = kindOfStep(rules, at);
    counts[kind] = (counts[kind] ?? 0) + left / counted;
  }
  return counts;
}
