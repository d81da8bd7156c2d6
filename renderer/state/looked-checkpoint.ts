/** The checkpoint at which a run is open. */
import type { RunRecord } from './run-record.svelte.ts';

export type LookedCheckpoint = {
  step: number;
  isNewest: boolean;
  isBest: boolean;
  /** Step of the best checkpoint; undefined if there is none. */
  best: number | undefined;
};

type LookedRun = Pick<RunRecord, 'active' | 'status' | 'step' | 'quality'>;

/**
 * The checkpoint at which this run is open; undefined while it is under way, and before its first step.
 * @param newest step of its newest checkpoint
 */
export function lookedCheckpoint(record: LookedRun, newest: number): LookedCheckpoint | undefined {
  const { active, step, quality } = record;
  if (active || step === 0) return undefined;
  const best = quality.best?.step;
  return { step, isNewest: step >= newest, isBest: step === best, best };
}
