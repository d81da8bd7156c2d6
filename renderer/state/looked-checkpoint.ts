/** Which checkpoint of a run is looked at, where that is not simply the newest. */
import type { RunRecord } from './run-record.svelte.ts';

export type LookedCheckpoint = {
  step: number;
  isNewest: boolean;
  isBest: boolean;
  /** Step of the best one; undefined where there is none. */
  best: number | undefined;
};

type LookedRun = Pick<RunRecord, 'active' | 'status' | 'step' | 'quality'>;

/**
 * Of a run that holds still; undefined of one under way.
 * @param newest step of its newest checkpoint
 */
export function lookedCheckpoint(record: LookedRun, newest: number): LookedCheckpoint | undefined {
  const { active, step, quality } = record;
  if (active || step === 0) return undefined;
  const best = quality.best?.step;
  return { step, isNewest: step >= newest, isBest: step === best, best };
}
