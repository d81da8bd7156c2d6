/** What the trainer holds: a run in training, one that has ended, or an opened checkpoint. */
import fs from 'node:fs';
import type {
  CommandInput,
  CurrentRun,
  Failure,
  ImageBatch,
  RunEvent,
  RunStatus,
  WhichCheckpoint,
} from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Model } from '../explore/index.ts';
import type { Exportable } from '../export/index.ts';
import { Inspector } from '../inspect/index.ts';
import type { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import {
  allWeightsFrom,
  currentModelFrom,
  openModel,
  withModel,
  type RunInTraining,
} from '../training/index.ts';
import type { Begun } from './begin.ts';
import { currentSamples } from './current-samples.ts';
import { notStill, onlyInMemory } from './failures.ts';
import type { Measurable } from './measurement.ts';
import type { Trained } from './model-commands.ts';
import { checkpointSource, sessionSource } from './sources.ts';
import type { Steering } from './steering.ts';

/** The networks of what the trainer holds. */
type Networks = {
  model(): Model;
  /** With the current weights in place of averaged ones; its weights are the caller's to free. */
  currentModel(): Model;
  /** The weights of every network, copied out of TensorFlow. */
  weights: Exportable['weights'];
  dispose(): void;
};

/** What there is while a run is in training, or its last state is not saved. */
type InTraining = { run: RunInTraining; steering: Steering };

type Parts = {
  run: Run;
  status: RunStatus;
  step: number;
  networks: Networks;
  /** Inspects the run while it does not train. */
  inspector: Inspector;
  /** Opens its pictures, where they lie by now. */
  openData(signal: AbortSignal): Promise<Dataset>;
  training?: InTraining;
};

/** A run in training, or one that has ended or was opened, whose model is in memory. */
export class Current {
  readonly run: Run;
  readonly inspector: Inspector;
  status: RunStatus;
  step: number;
  /** Why its last state is not saved. */
  failure: Failure | undefined;
  training: InTraining | undefined;
  private readonly networks: Networks;
  private readonly openData: Parts['openData'];

  constructor({ run, status, step, networks, inspector, openData, training }: Parts) {
    this.run = run;
    this.status = status;
    this.step = step;
    this.networks = networks;
    this.inspector = inspector;
    this.openData = openData;
    this.training = training;
  }

  /** Updates step and status by an event of the run. */
  take(event: RunEvent): void {
    this.step = event.step;
    if (event.type !== 'run-state') return;
    this.status = event.status;
    this.failure = event.failure;
  }

  describe(): CurrentRun {
    const { run, status, step } = this;
    return { folder: run.folder, config: run.config, status, step };
  }

  /**
   * Returns itself if the run does not train. Throws StudioError `not-still` otherwise; `toBe` is what a run
   * in training cannot be, such as "inspected".
   */
  still(toBe: string): this {
    if (this.status === 'training' || this.status === 'starting') throw notStill(toBe);
    return this;
  }

  /** The trained model of the run, and its step. */
  trained(): Trained {
    const { model, weights } = this.networks;
    return { config: this.run.config, model: model(), step: this.step, weights };
  }

  /**
   * Calls `use` with the trained model of a checkpoint, which is freed afterwards; without `checkpoint`, with
   * the present one. Throws StudioError where that checkpoint cannot be read.
   */
  async withTrained<Result>(
    checkpoint: WhichCheckpoint | undefined,
    use: (trained: Trained) => Result | Promise<Result>,
  ): Promise<Result> {
    if (checkpoint === undefined) return use(this.trained());
    return withModel({ folder: this.run.folder, checkpoint }, ({ run, step, model }) =>
      use({
        config: run.config,
        model,
        step,
        weights: () => allWeightsFrom(run.config, run.checkpoint(step)),
      }),
    );
  }

  /** The trained model, and how to open its pictures. */
  measurable(): Measurable {
    return { ...this.trained(), openData: this.openData };
  }

  /** The sample grid by G's current weights; null where samples come from them anyway. */
  currentSamples(): Promise<ImageBatch | null> {
    const { run, inspector, networks } = this;
    return currentSamples({ run, inspector, ...networks });
  }

  /**
   * Throws StudioError if it holds a state that the disk does not have; a run whose folder is gone was thrown
   * away.
   */
  requireNoLoss(): void {
    const { run, step } = this;
    if (!fs.existsSync(run.folder) || canOpen(run, step)) return;
    // The newest whole checkpoint, which opening the run again would find.
    const saved = run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint.step : 0;
    if (step !== saved) throw onlyInMemory({ name: run.config.name, step, saved });
  }

  dispose(): void {
    this.inspector.dispose();
    this.networks.dispose();
  }
}

/** Whether there is a whole checkpoint of this step. */
function canOpen(run: Run, step: number): boolean {
  try {
    return run.checkpoint(step).step === step;
  } catch {
    return false;
  }
}

/** Opens the pictures of a run, where they lie by now. */
type OpenData = (run: Run, signal: AbortSignal) => Promise<Dataset>;

/** Opens a checkpoint, by default the newest whole one; throws StudioError where it cannot be read. */
export function openCheckpoint(asked: CommandInput<'run.open'>, openDataOf: OpenData): Current {
  const { run, step, model } = openModel(asked);
  const openData = (signal: AbortSignal) => openDataOf(run, signal);
  // An earlier checkpoint of a finished run belongs to a finished run.
  const reached = asked.checkpoint === undefined ? step : (run.checkpointSteps()[0] ?? step);
  return new Current({
    run,
    status: reached >= run.config.steps ? 'finished' : 'stopped',
    step,
    networks: {
      model: () => model,
      currentModel: () => currentModelFrom(run.config, run.checkpoint(step)),
      weights: () => allWeightsFrom(run.config, run.checkpoint(step)),
      dispose: () => tf.dispose(model.weights),
    },
    inspector: new Inspector({ source: checkpointSource(run, step), openData }),
    openData,
  });
}

/** A run that begins to train. */
export function inTraining({ run, steering }: Begun, openDataOf: OpenData): Current {
  const { session } = run;
  const openData = (signal: AbortSignal) => openDataOf(run.run, signal);
  const source = sessionSource(session, () => current.training && run.dataset);
  const current: Current = new Current({
    run: run.run,
    status: 'starting',
    step: session.step,
    networks: {
      model: () => session.model,
      currentModel: () => session.currentModel(),
      weights: () => session.allWeights(),
      dispose: () => session.dispose(),
    },
    inspector: new Inspector({ source, openData }),
    openData,
    training: { run, steering },
  });
  return current;
}
