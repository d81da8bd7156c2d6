/** Which phases a step takes. */
import type { Phase, PlayedPhase } from '../game/index.ts';
import type { Rules } from './step.ts';

/** The phases that step `step`, from 0, takes, in order. */
export function duePhases({ phases }: Pick<Rules, 'phases'>, step: number): PlayedPhase[] {
  return phases.filter((phase) => isDue(phase, step));
}

/** Whether step `step` takes this phase. */
export const isDue = ({ everySteps, firstStep = 0 }: Phase, step: number): boolean =>
  step >= firstStep && (step - firstStep) % everySteps === 0;

/** The number of steps after which every set of phases that can be due together has been. */
export function stepsInARound({ phases }: Pick<Rules, 'phases'>): number {
  const firsts = phases.map(({ firstStep = 0 }) => firstStep);
  return phases.reduce((product, { everySteps }) => product * everySteps, 1) + Math.max(0, ...firsts);
}
