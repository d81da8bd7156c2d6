/** What the trainer holds: a run in training, one that has ended, or a checkpoint that is looked at. */
import type { CommandInput, Failure, RunStatus } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Model } from '../explore/index.ts';
import type { Exportable } from '../export/index.ts';
import { Inspector } from '../inspect/index.ts';
import type { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { allWeightsFrom, currentModelFrom, openModel, type RunInTraining } from '../training/index.ts';
import type { Begun } from './begin.ts';
import { checkpointSource, sessionSource } from './sources.ts';
import type { Steering } from './steering.ts';

/** A run in training, or one that has ended and is still looked at. */
export type Current = {
  run: Run;
  status: RunStatus;
  step: number;
  model(): Model;
  /** With the current weights in place of averaged ones; its weights are the caller's to free. */
  currentModel(): Model;
  /** Of every network, copied out of TensorFlow. */
  weights: Exportable['weights'];
  /** Looks into it while it holds still. */
  inspector: Inspector;
  dispose(): void;
  /** Why its last state is not saved. */
  failure?: Failure | undefined;
  /** While it is in training, or its last state is not saved. */
  training?: { run: RunInTraining; steering: Steering };
};

/** Opens the pictures of a run, where they lie by now. */
type OpenData = (run: Run, signal: AbortSignal) => Promise<Dataset>;

/** A checkpoint, the newest whole one by default; throws StudioError where it cannot be read. */
export function openCheckpoint(asked: CommandInput<'run.open'>, openData: OpenData): Current {
  const { run, step, model } = openModel(asked);
  // An earlier checkpoint of a finished run belongs to a finished run.
  const reached = asked.checkpoint === undefined ? step : (run.checkpointSteps()[0] ?? step);
  return {
    run,
    status: reached >= run.config.steps ? 'finished' : 'stopped',
    step,
    model: () => model,
    currentModel: () => currentModelFrom(run.config, run.checkpoint(step)),
    weights: () => allWeightsFrom(run.config, run.checkpoint(step)),
    inspector: new Inspector({
      source: checkpointSource(run, step),
      openData: (signal) => openData(run, signal),
    }),
    dispose: () => tf.dispose(model.weights),
  };
}

/** A run that begins to train. */
export function inTraining({ run, steering }: Begun, openData: OpenData): Current {
  const { session } = run;
  const current: Current = {
    run: run.run,
    status: 'starting',
    step: session.step,
    model: () => session.model,
    currentModel: () => session.currentModel(),
    weights: () => session.allWeights(),
    dispose: () => session.dispose(),
    inspector: new Inspector({
      source: sessionSource(session, () => current.training && run.dataset),
      openData: (signal) => openData(run.run, signal),
    }),
    training: { run, steering },
  };
  return current;
}
