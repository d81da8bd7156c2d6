/** The input of training, and the signals that end it. */
import type { Dataset } from '../datasets/index.ts';
import type { FeatureNetwork } from '../metrics/index.ts';
import type { Run } from '../runs/index.ts';
import type { Journal } from './journal.ts';
import type { Session } from './session.ts';

export type LoopInput = {
  session: Session;
  dataset: Dataset;
  run: Run;
  /** Seconds that the run has been trained before. */
  trainedSeconds?: number;
  journal?: Journal;
  /**
   * Opens the network that metrics see with, if there is one; without it, the distance chooses the best
   * checkpoint.
   */
  network?: () => FeatureNetwork | undefined;
};

export type Signals = {
  /** Ends training after the running step. */
  signal: AbortSignal;
  /** Ends a run whose last state the disk refuses. Without this signal it ends at once. */
  endsUnsaved?: AbortSignal;
};
