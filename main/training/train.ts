/** Trains from beginning to end, for callers that need no more of the loop than its events. */
import type { RunEvent } from '../contract/index.ts';
import type { LoopInput, Signals } from './loop-input.ts';
import { TrainingLoop } from './training-loop.ts';

/**
 * Trains until the run's number of steps or the signal, and logs to the run folder; either way the last state
 * is sampled and saved. Each array has the events of one step; the first has those of the beginning, the last
 * those of the end.
 *
 * What the disk refuses becomes a warning, and training goes on. If it refuses the last state, the run is
 * reported as unsaved, and saving is tried again each time the next array is asked for, until `endsUnsaved`:
 * then the run is reported as failed and the error is thrown, like every other error.
 */
export async function* train({
  signal,
  endsUnsaved,
  ...training
}: LoopInput & Signals): AsyncGenerator<RunEvent[]> {
  yield* new TrainingLoop(training).steps({ signal, ...(endsUnsaved && { endsUnsaved }) });
}
