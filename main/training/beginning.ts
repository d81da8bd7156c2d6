/** What a run begins with: first weights, or one of its checkpoints. */
import { StudioError, type RunConfig, type WhichCheckpoint } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { keepData, listRun, type Run } from '../runs/index.ts';
import { Session } from './session.ts';

export type Beginning = {
  session: Session;
  /** Spent on the run before, in seconds. */
  trainedSeconds: number;
  /** Checkpoints that were passed over, each with what is wrong with it. */
  damaged: StudioError[];
};

/** A new run, at step 0. */
export function beginNew(config: RunConfig): Beginning {
  return { session: new Session(config), trainedSeconds: 0, damaged: [] };
}

/**
 * Goes on from a checkpoint, the newest whole one by default, to `steps` in all, or to the config's number of them; a
 * run that ended before its first checkpoint begins at step 0, which gives the same. A run begun before its pictures
 * were recorded keeps those of now. Hold the run first. Throws
 * StudioError `nothing-left`, `no-checkpoint`, `checkpoint-damaged` or `config-changed`.
 */
export function beginAgain(
  run: Run,
  {
    steps = run.config.steps,
    checkpoint: which = 'newest',
    dataset,
  }: { steps?: number | undefined; checkpoint?: WhichCheckpoint | undefined; dataset: Dataset },
): Beginning {
  if (!run.config.dataset.content) keepData(run, dataset);
  if (which === 'newest' && run.checkpointSteps().length === 0) return beginNew(run.config);
  const { checkpoint, damaged } =
    which === 'newest' ? run.newestCheckpoint() : { checkpoint: run.checkpoint(which), damaged: [] };
  requireStepsLeft(checkpoint.step, steps);
  const session = new Session(run.config, checkpoint);
  if (steps !== run.config.steps) run.change({ steps });
  return { session, damaged, trainedSeconds: listRun(run.folder).trainedSeconds };
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
