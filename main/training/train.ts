/** Training from beginning to end, for whoever need not hold the loop. */
import type { RunEvent } from '../contract/index.ts';
import type { LoopInput, Signals } from './loop-input.ts';
import { TrainingLoop } from './training-loop.ts';

/**
 * Trains until the run's number of steps or the signal, logging to the run folder; the state at the end of either is
 * sampled and saved. Each answer is what
 * happened in one step, the first is the beginning and the last the end. What the disk refuses becomes a
 * warning and training goes on. When it refuses the last state, the run is told as unsaved, and each asking for more
 * tries again, until `endsUnsaved`: then it is told as failed and thrown, like every other error.
 */
export async function* train({
  signal,
  endsUnsaved,
  ...training
}: LoopInput & Signals): AsyncGenerator<RunEvent[]> {
  yield* new TrainingLoop(training).steps({ signal, ...(endsUnsaved && { endsUnsaved }) });
}
