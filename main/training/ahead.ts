/** What a run has still to do: its steps by the phases that they take, sample grids and checkpoints. */
import type { RunConfig } from '../contract/index.ts';
import { duePhases } from './due.ts';
import { programName } from './programs.ts';
import type { Ahead } from './speedometer.ts';
import type { Rules } from './step.ts';

/** So many steps are looked at; the rest is taken to be like them. */
const MOST_LOOKED_AT = 1000;

/** The kind of the step that `step` others came before: those that take the same phases do the same work. */
export const kindOfStep = (rules: Pick<Rules, 'phases'>, step: number): string =>
  programName(duePhases(rules, step));

/** What is ahead after `step` steps; the last one ends in a sample grid and a checkpoint. */
export function aheadOf({
  config: { steps, samples, checkpoints },
  rules,
  step,
}: {
  config: RunConfig;
  rules: Pick<Rules, 'phases'>;
  step: number;
}): Ahead {
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
  const looked = Math.min(left, MOST_LOOKED_AT);
  const counts: Record<string, number> = {};
  for (let at = step; at < step + looked; at++) {
    const kind = kindOfStep(rules, at);
    counts[kind] = (counts[kind] ?? 0) + left / looked;
  }
  return counts;
}
