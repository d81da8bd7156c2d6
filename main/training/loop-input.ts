/** What training takes, and how it is told to end. */
import type { Dataset } from '../datasets/index.ts';
import type { FeatureNetwork } from '../metrics/index.ts';
import type { Run } from '../runs/index.ts';
import type { Journal } from './journal.ts';
import type { Session } from './session.ts';

export type LoopInput = {
  session: Session;
  dataset: Dataset;
  run: Run;
  /** Spent on this run before, in seconds. */
  trainedSeconds?: number;
  journal?: Journal;
  /** Opens the network that metrics see with, if there is one; without it, a run goes by the distance. */
  network?: () => FeatureNetwork | undefined;
};

export type Signals = {
  /** Ends training after the running step. */
  signal: AbortSignal;
  /** A last state that the disk refuses is lost: at once, unless somebody can save it again. */
  endsUnsaved?: AbortSignal;
};
