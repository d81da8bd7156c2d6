/** The checkpoints of a run as they are shown: which is the best, which are kept, and what was measured of each. */
import type { CheckpointEntry } from '../contract/index.ts';
import { readScores } from './history.ts';
import type { Run } from './run.ts';

/** Those on disk, newest first. */
export function listCheckpoints(run: Run): CheckpointEntry[] {
  const scores = readScores(run.folder);
  const best = run.best()?.step;
  const kept = run.keptCheckpoints();
  return run.checkpointSteps().map((step) => ({
    step,
    isBest: step === best,
    isKept: kept.includes(step),
    scores: scores.get(step) ?? {},
  }));
}
