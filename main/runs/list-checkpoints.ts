/** Lists the checkpoints of a run: which is the best, which are kept, and the scores of each. */
import type { CheckpointEntry } from '../contract/index.ts';
import { readScores } from './history.ts';
import type { Run } from './run.ts';

/** The checkpoints on disk, newest first. */
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
