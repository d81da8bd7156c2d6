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
  /** Spent on the run before, in seconds. */
  trainedSeconds: number;
  /** Checkpoints that were passed over, each with what is wrong with it. */
  damaged: StudioError[];
  /** What it computes in, where that is to be told. */
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
 * Goes on from a checkpoint, the newest whole one by default, to `steps` in all, or to the config's number of them; a
 * run that ended before its first checkpoint begins at step 0, which gives the same. A run begun before its pictures
 * were recorded keeps those of now. In another `precision`, it is another run from there on. Hold the run first. Throws
 * StudioError `nothing-left`, `no-checkpoint`, `checkpoint-damaged` or `config-changed`.
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

/** Throws StudioError `nothing-left` when a run at this step has come as far as it is to go. */
export function requireStepsLeft(step: number, goal: number): void {
  if (step < goal) return;
  throw new StudioError({
    code: 'nothing-left',
    message: `The run is at step ${step} already, ${step === goal ? 'its last' : `past step ${goal}`}.`,
    remedy: `Choose more steps in all, such as ${step * 2}.`,
  });
}

/**
 * Labels are places among the classes: with other folders they would mean other things. Throws StudioError
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
