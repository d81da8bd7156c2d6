/** What a run begins with: first weights, or one of its checkpoints. */
import {
  StudioError,
  type Precision,
  type RunConfig,
  type RunEvent,
  type WhichCheckpoint,
} from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { keepData, listRun, type Run } from '../runs/index.ts';
import type { SettledPrecision } from './precision.ts';
import { settledPrecision } from './rules.ts';
import { Session } from './session.ts';

export type Beginning = {
  session: Session;
  /** Seconds that the run has been trained before. */
  trainedSeconds: number;
  /** What is wrong with each checkpoint that was passed over. */
  damaged: StudioError[];
  /** Set if the precision was chosen by measurement, or changes. */
  precision?: PrecisionEvent | undefined;
};

export type PrecisionEvent = Extract<RunEvent, { type: 'precision' }>;

/** A new run, at step 0; `settled` is how its precision was chosen. */
export function beginNew(config: RunConfig, settled?: SettledPrecision): Beginning {
  const precision: PrecisionEvent | undefined = settled?.times && {
    type: 'precision',
    step: 0,
    precision: settled.precision,
    milliseconds: settled.times,
  };
  return { session: new Session(config), trainedSeconds: 0, damaged: [], precision };
}

/**
 * Goes on from a checkpoint, by default the newest whole one, to `steps` steps in all, by default as many as
 * the config says. A run that ended before its first checkpoint begins at step 0, with the same result. A run
 * that has no record of its data set gets one of the present pictures. Another `precision` makes it a
 * different run from there on. Hold the run first. Throws StudioError `nothing-left`, `no-checkpoint`,
 * `checkpoint-damaged` or `config-changed`.
 */
export function beginAgain(
  run: Run,
  {
    steps = run.config.steps,
    checkpoint: which = 'newest',
    precision = settledPrecision(run.config),
    dataset,
  }: {
    steps?: number | undefined;
    checkpoint?: WhichCheckpoint | undefined;
    precision?: Precision | undefined;
    dataset: Dataset;
  },
): Beginning {
  if (!run.config.dataset.content) keepData(run, dataset);
  const config = { ...run.config, precision };
  const keep = () => {
    if (precision !== run.config.precision) run.change({ precision });
  };
  if (which === 'newest' && run.checkpointSteps().length === 0) {
    const beginning = beginNew(config);
    keep();
    return beginning;
  }
  const { checkpoint, damaged } =
    which === 'newest' ? run.newestCheckpoint() : { checkpoint: run.checkpoint(which), damaged: [] };
  requireStepsLeft(checkpoint.step, steps);
  const session = new Session(config, checkpoint);
  keep();
  if (steps !== run.config.steps) run.change({ steps });
  const { step, precision: before = 'float32' } = checkpoint;
  return {
    session,
    damaged,
    trainedSeconds: listRun(run.folder).trainedSeconds,
    ...(before !== precision && { precision: { type: 'precision', step, precision } }),
  };
}

/** Throws StudioError `nothing-left` when a run at this step has reached its goal. */
export function requireStepsLeft(step: number, goal: number): void {
  if (step < goal) return;
  throw new StudioError({
    code: 'nothing-left',
    message: `The run is at step ${step} already, ${step === goal ? 'its last' : `past step ${goal}`}.`,
    remedy: `Choose more steps in all, such as ${step * 2}.`,
  });
}

/**
 * Networks know a class by its number, which would mean another class with other folders. Throws StudioError
 * `classes-changed`.
 */
export function requireClasses({ classes }: RunConfig, { summary }: Dataset): void {
  const now = summary.classes.map(({ name }) => name);
  if (classes.length === 0 || classes.join('/') === now.join('/')) return;
  throw new StudioError({
    code: 'classes-changed',
    message: `The run learns the classes ${classes.join(', ')}; the folder now has ${now.join(', ') || 'none'}.`,
    remedy: 'Put the class folders back as they were, or start a new run.',
  });
}
