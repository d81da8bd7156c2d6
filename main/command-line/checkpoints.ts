/** `checkpoints` and `keep`: lists the checkpoints of a run, and keeps one. */
import path from 'node:path';
import type { CheckpointEntry, WhichCheckpoint } from '../contract/index.ts';
import { METRICS } from '../metrics/index.ts';
import { changingRun, listCheckpoints, Run } from '../runs/index.ts';
import { scoreInWords } from './score-words.ts';
import { tableLines } from './table.ts';

/** The checkpoints, newest first. Throws StudioError as `Run.open` does. */
export function checkpointsCommand(folder: string): CheckpointEntry[] {
  return listCheckpoints(Run.open(path.resolve(folder)));
}

/** The checkpoints as a table, a line for each, with its scores. */
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
 * Keeps a checkpoint, or stops keeping it, and returns a message to print. Throws StudioError `no-checkpoint`
 * or `not-written`.
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
