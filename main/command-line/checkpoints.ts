/** `checkpoints` and `keep`: the checkpoints that a run has, and those that it is to keep. */
import path from 'node:path';
import type { CheckpointEntry, WhichCheckpoint } from '../contract/index.ts';
import { METRICS } from '../metrics/index.ts';
import { changingRun, listCheckpoints, Run } from '../runs/index.ts';
import { scoreInWords } from './score-words.ts';
import { tableLines } from './table.ts';

/** Newest first; throws StudioError where the folder is no run. */
export function checkpointsCommand(folder: string): CheckpointEntry[] {
  return listCheckpoints(Run.open(path.resolve(folder)));
}

/** A checkpoint a line, with what was measured of it. */
export function checkpointsTable(checkpoints: readonly CheckpointEntry[]): string {
  if (checkpoints.length === 0) return 'The run has no checkpoint yet.\n';
  const measured = METRICS.filter(({ kind }) => checkpoints.some(({ scores }) => kind in scores));
  const rows = checkpoints.map(({ step, isBest, isKept, scores }) => [
    String(step),
    [...(isBest ? ['best'] : []), ...(isKept ? ['kept'] : [])].join(', '),
    ...measured.map(({ kind }) => scoreInWords(scores[kind])),
  ]);
  return `${tableLines([['step', '', ...measured.map(({ label }) => label)], ...rows], 2).join('\n')}\n`;
}

/**
 * Keeps a checkpoint, or no longer, and answers what to say. Throws StudioError `no-checkpoint` where it is not there,
 * `not-written`.
 */
export function keepCommand({
  run: folder,
  checkpoint,
  keep,
}: {
  run: string;
  checkpoint: WhichCheckpoint;
  keep: boolean;
}): string {
  const run = Run.open(path.resolve(folder));
  const { step } = run.checkpoint(checkpoint);
  changingRun(() => run.keepCheckpoint(step, keep));
  return `The checkpoint of step ${step} is ${keep ? 'kept' : 'no longer kept'}.\n`;
}
