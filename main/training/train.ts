/** The training loop. It yields what happened; pausing is not asking for the next event, stopping is an AbortSignal. */
import { StudioError, toFailure, type RunConfig, type RunEvent } from '../contract/index.ts';
import type { BatchStream, Dataset } from '../datasets/index.ts';
import { samplePictures } from '../explore/index.ts';
import { Run } from '../runs/index.ts';
import { Closeness } from './closeness.ts';
import type { Session, StepReport } from './session.ts';
import { Speedometer } from './speedometer.ts';

const PROGRESS_MILLISECONDS = 250;

type Training = {
  session: Session;
  dataset: Dataset;
  run: Run;
  signal: AbortSignal;
  /** Spent on this run before, in seconds. */
  trainedSeconds?: number;
};

/**
 * Trains until the run's number of steps or the signal, logging to the run folder; a checkpoint is saved at the end of either.
 * What the disk refuses becomes a warning and training goes on; at the end it is told as failed and thrown, like every other error.
 */
export async function* train(training: Training): AsyncGenerator<RunEvent> {
  const { run, session } = training;
  let loop: Loop | undefined;
  try {
    loop = new Loop(training);
    for await (const event of loop.events()) {
      const trouble = attempt(event.step, () => run.log(event));
      for (const told of trouble ? [event, trouble] : [event]) {
        const asked = performance.now();
        yield told;
        loop.waited(performance.now() - asked);
      }
    }
    run.flush();
  } catch (error) {
    const failed: RunEvent = {
      type: 'run-state',
      status: 'failed',
      step: session.step,
      failure: toFailure(error),
    };
    attempt(session.step, () => run.log(failed));
    yield failed;
    throw error;
  } finally {
    loop?.close();
  }
}

class Loop {
  private readonly training: Training;
  private readonly speedometer: Speedometer;
  private readonly closeness: Closeness;
  private readonly batches: BatchStream;
  private savedAt: number;
  private savedTime = Date.now();

  constructor(training: Training) {
    this.training = training;
    this.speedometer = new Speedometer(training.session.config.batch);
    this.closeness = new Closeness(training.dataset);
    const {
      session: { config, step },
      dataset,
    } = training;
    requireClasses(config, dataset);
    this.batches = dataset.stream({ batch: config.batch, seed: config.seed, from: step });
    this.savedAt = training.session.step > 0 ? training.session.step : -1;
  }

  async *events(): AsyncGenerator<RunEvent> {
    const { session, run, signal } = this.training;
    run.prepare();
    if (session.step > 0) yield { type: 'resumed', step: session.step };
    yield this.state('training');
    if (session.step === 0) yield* this.samples();
    while (session.step < run.config.steps && !signal.aborted) yield* this.step();
    if (this.savedAt !== session.step) yield this.save();
    yield this.progress();
    yield this.state(session.step < run.config.steps ? 'stopped' : 'finished');
  }

  /** Time in which nobody asked for the next event is not training. */
  waited(milliseconds: number): void {
    this.speedometer.leaveOut(milliseconds);
  }

  close(): void {
    this.batches.close();
  }

  private async *step(): AsyncGenerator<RunEvent> {
    const { session, run } = this.training;
    const batch = await this.batches.take(session.step);
    let report: StepReport;
    try {
      report = session.takeStep(batch);
    } catch (error) {
      yield* this.goBack(error);
      return;
    } finally {
      batch.release?.();
    }
    this.speedometer.lap();
    const { losses, measures } = report;
    yield {
      type: 'losses',
      step: session.step,
      losses,
      ...(Object.keys(measures).length > 0 ? { measures } : {}),
    };
    if (session.step % run.config.samples.everySteps === 0) yield* this.samples();
    if (this.checkpointDue()) yield* this.trySave();
    if (this.speedometer.due(PROGRESS_MILLISECONDS)) yield this.progress();
  }

  /** After a refused step: the last checkpoint, or the start, with half the learning rates. */
  private *goBack(error: unknown): Generator<RunEvent> {
    if (!(error instanceof StudioError) || error.code !== 'not-finite') throw error;
    const { session, run } = this.training;
    const refusedStep = session.step + 1;
    const checkpoint = run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint : undefined;
    const { learningRateFactor } = session.goBack(checkpoint);
    const { code, message, remedy } = error;
    yield {
      type: 'step-refused',
      step: session.step,
      refusedStep,
      learningRateFactor,
      failure: { code, message, remedy },
    };
    yield* this.trySave();
  }

  private checkpointDue(): boolean {
    const { everySteps, everyMinutes } = this.training.run.config.checkpoints;
    return (
      this.training.session.step % everySteps === 0 || Date.now() - this.savedTime >= everyMinutes * 60_000
    );
  }

  private *trySave(): Generator<RunEvent> {
    let saved: RunEvent | undefined;
    const trouble = attempt(this.training.session.step, () => {
      saved = this.save();
    });
    if (saved) yield saved;
    if (trouble) yield trouble;
  }

  private save(): RunEvent {
    const { session, run } = this.training;
    this.savedTime = Date.now();
    const distance = this.closeness.of(session.generator, session.config);
    const file = run.saveCheckpoint(session.checkpoint(), { distance });
    this.savedAt = session.step;
    return {
      type: 'checkpoint-saved',
      step: session.step,
      file,
      distance,
      trainedSeconds: this.trainedSeconds,
    };
  }

  /** The grid of fixed points, from the averaged generator. */
  private *samples(): Generator<RunEvent> {
    const {
      session: { config, generator, step },
      run,
    } = this.training;
    const images = samplePictures({
      generator,
      config,
      key: { seed: config.seed, stream: 'fixedZ', step: 0 },
      count: config.samples.count,
    });
    const trouble = attempt(step, () => run.saveSamples(step, images));
    yield { type: 'samples', step, file: Run.samplesFile(step), images };
    if (trouble) yield trouble;
  }

  private progress(): RunEvent {
    const {
      session: { config, step },
      run,
      dataset,
    } = this.training;
    return {
      type: 'progress',
      step,
      ...figures({
        config,
        step,
        steps: run.config.steps,
        images: dataset.count,
        imagesPerSecond: this.speedometer.imagesPerSecond,
      }),
    };
  }

  private state(status: 'training' | 'stopped' | 'finished'): RunEvent {
    return {
      type: 'run-state',
      status,
      step: this.training.session.step,
      trainedSeconds: this.trainedSeconds,
    };
  }

  private get trainedSeconds(): number {
    return (this.training.trainedSeconds ?? 0) + this.speedometer.seconds;
  }
}

/** Labels are places among the classes: with other folders they would mean other things. Throws StudioError `classes-changed`. */
export function requireClasses({ classes }: RunConfig, { summary }: Dataset): void {
  if (classes.length === 0 || classes.join('/') === summary.classes.join('/')) return;
  throw new StudioError({
    code: 'classes-changed',
    message: `The run learns the classes ${classes.join(', ')}; the folder now has ${summary.classes.join(', ') || 'none'}.`,
    remedy: 'Put the class folders back as they were, or start a new run.',
  });
}

function figures({
  config,
  step,
  steps,
  images,
  imagesPerSecond,
}: {
  config: RunConfig;
  step: number;
  steps: number;
  images: number;
  imagesPerSecond: number;
}) {
  return {
    steps,
    epoch: (step * config.batch) / images,
    imagesSeen: step * config.batch,
    imagesPerSecond,
    ...(imagesPerSecond > 0 ? { secondsLeft: ((steps - step) * config.batch) / imagesPerSecond } : {}),
  };
}

/** What the disk refuses, as a warning; anything else is thrown. */
function attempt(step: number, action: () => void): RunEvent | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'not-written') throw error;
    const { code, message, remedy } = error;
    return { type: 'warning', step, failure: { code, message: `${message} Training goes on.`, remedy } };
  }
}
