/**
 * The training loop. It yields what happened, a step at a time; pausing is not asking for the next one,
 * stopping is an AbortSignal.
 */
import { StudioError, toFailure, type RunConfig, type RunEvent } from '../contract/index.ts';
import type { BatchStream, Dataset } from '../datasets/index.ts';
import { samplePictures } from '../explore/index.ts';
import { Run } from '../runs/index.ts';
import { aheadOf, kindOfStep } from './ahead.ts';
import { attempt, Journal } from './journal.ts';
import { Measuring } from './measuring.ts';
import type { Session, StepReport } from './session.ts';
import { Speedometer } from './speedometer.ts';

const PROGRESS_MILLISECONDS = 250;
/** Whoever asks for the next step sooner was busy with this one; later, training was paused. */
const SHORTEST_PAUSE = 250;

type Training = {
  session: Session;
  dataset: Dataset;
  run: Run;
  /** Spent on this run before, in seconds. */
  trainedSeconds?: number;
  journal?: Journal;
};

/**
 * Trains until the run's number of steps or the signal, logging to the run folder; a checkpoint is saved at
 * the end of either. Each answer is what
 * happened in one step, the first is the beginning and the last the end. What the disk refuses becomes a
 * warning and training goes on; at the end it is
 * told as failed and thrown, like every other error.
 */
export async function* train({
  signal,
  ...training
}: Training & { signal: AbortSignal }): AsyncGenerator<RunEvent[]> {
  yield* new TrainingLoop(training).steps(signal);
}

export class TrainingLoop {
  private readonly training: Training;
  private readonly journal: Journal;
  private readonly speedometer: Speedometer;
  private readonly measuring: Measuring;
  /** What has happened since the last answer. */
  private said: RunEvent[] = [];
  private savedAt: number;
  private savedTime = Date.now();

  constructor(training: Training) {
    this.training = training;
    this.journal = training.journal ?? new Journal(training.run);
    this.speedometer = new Speedometer({ batch: training.session.config.batch });
    this.measuring = new Measuring(training.dataset);
    this.savedAt = training.session.step > 0 ? training.session.step : -1;
  }

  async *steps(signal: AbortSignal): AsyncGenerator<RunEvent[]> {
    const { session, run } = this.training;
    let batches: BatchStream | undefined;
    try {
      batches = this.begin();
      yield* this.tellAll();
      while (session.step < run.config.steps && !signal.aborted) {
        await this.step(batches);
        yield* this.tellAll();
      }
      this.end();
      yield* this.tellAll();
    } catch (error) {
      // A disk that refuses this event too has been told of.
      const failed = {
        type: 'run-state',
        status: 'failed',
        step: session.step,
        failure: toFailure(error),
      } as const;
      this.journal.write(failed);
      this.said.push(failed);
      yield* this.tellAll();
      throw error;
    } finally {
      batches?.close();
    }
  }

  /** Saves a checkpoint, between two steps, unless this step has one; answers what there is to tell. */
  save(): RunEvent[] {
    const before = this.said;
    this.said = [];
    const { step } = this.training.session;
    const trouble = this.savedAt === step ? undefined : attempt(step, () => this.saveNow());
    if (trouble) this.say(trouble);
    const told = this.said;
    this.said = before;
    return told;
  }

  /** A pause is not training. */
  private *tellAll(): Generator<RunEvent[]> {
    const told = this.said;
    this.said = [];
    const asked = performance.now();
    yield told;
    const waited = performance.now() - asked;
    if (waited >= SHORTEST_PAUSE) this.speedometer.leaveOut(waited);
  }

  /** Written down at once: a checkpoint comes after the events that led to it. */
  private say(event: RunEvent): void {
    this.said.push(...this.journal.write(event));
  }

  private begin(): BatchStream {
    const { session, dataset, run } = this.training;
    const { config, step } = session;
    requireClasses(config, dataset);
    const batches = dataset.stream({ batch: config.batch, seed: config.seed, from: step });
    run.prepare();
    if (step > 0) this.say({ type: 'resumed', step });
    this.sayState('training');
    if (step === 0) this.speedometer.apart('samples', () => this.sample());
    return batches;
  }

  private async step(batches: BatchStream): Promise<void> {
    const { session, run } = this.training;
    const batch = await batches.take(session.step);
    let report: StepReport;
    try {
      report = session.takeStep(batch);
    } catch (error) {
      this.goBack(error);
      return;
    } finally {
      batch.release?.();
    }
    this.speedometer.lap(kindOfStep(session.rules, session.step - 1));
    const { losses, measures } = report;
    this.say({
      type: 'losses',
      step: session.step,
      losses,
      ...(Object.keys(measures).length > 0 ? { measures } : {}),
    });
    if (session.step % run.config.samples.everySteps === 0)
      this.speedometer.apart('samples', () => this.sample());
    if (this.checkpointDue()) this.trySave();
    if (this.speedometer.due(PROGRESS_MILLISECONDS)) this.sayProgress();
  }

  private end(): void {
    const { session, run } = this.training;
    if (this.savedAt !== session.step) this.saveNow();
    this.sayProgress();
    this.sayState(session.step < run.config.steps ? 'stopped' : 'finished');
    this.journal.flush();
  }

  /** After a refused step: the last checkpoint, or the start, with half the learning rates. */
  private goBack(error: unknown): void {
    if (!(error instanceof StudioError) || error.code !== 'not-finite') throw error;
    const { session, run } = this.training;
    const refusedStep = session.step + 1;
    const checkpoint = run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint : undefined;
    const { learningRateFactor } = session.goBack(checkpoint);
    const { code, message, remedy } = error;
    this.say({
      type: 'step-refused',
      step: session.step,
      refusedStep,
      learningRateFactor,
      failure: { code, message, remedy },
    });
    this.savedAt = -1; // with other learning rates it is another state
    this.trySave();
    this.speedometer.lost();
  }

  private checkpointDue(): boolean {
    const { everySteps, everyMinutes } = this.training.run.config.checkpoints;
    return (
      this.training.session.step % everySteps === 0 || Date.now() - this.savedTime >= everyMinutes * 60_000
    );
  }

  private trySave(): void {
    const trouble = attempt(this.training.session.step, () =>
      this.speedometer.apart('checkpoint', () => this.saveNow()),
    );
    if (trouble) this.say(trouble);
  }

  private saveNow(): void {
    const { session, run } = this.training;
    this.savedTime = Date.now();
    const values = this.measuring.of(session.model);
    this.say({ type: 'measures', step: session.step, values });
    const best = values['distance'] === undefined ? {} : { distance: values['distance'] };
    const file = run.saveCheckpoint(session.checkpoint(), best);
    this.savedAt = session.step;
    this.say({
      type: 'checkpoint-saved',
      step: session.step,
      file,
      ...best,
      trainedSeconds: this.trainedSeconds,
    });
  }

  /** The grid of fixed points, from the averaged model, below fixed pictures where it rebuilds them. */
  private sample(): void {
    const {
      session: { config, model, step },
      run,
      dataset,
    } = this.training;
    const key = { seed: config.seed, stream: 'fixedZ', step: 0 } as const;
    const pictures = (batch: number) => dataset.batch({ step: 0, batch, seed: config.seed });
    const images = samplePictures({ model, config, key, count: config.samples.count, pictures });
    const trouble = attempt(step, () => run.saveSamples(step, images));
    this.say({ type: 'samples', step, file: Run.samplesFile(step), images });
    if (trouble) this.say(trouble);
  }

  private sayProgress(): void {
    const {
      session: { config, rules, step },
      run,
      dataset,
    } = this.training;
    const secondsLeft = this.speedometer.secondsLeft(aheadOf({ config: run.config, rules, step }));
    this.say({
      type: 'progress',
      step,
      steps: run.config.steps,
      epoch: (step * config.batch) / dataset.count,
      imagesSeen: step * config.batch,
      imagesPerSecond: this.speedometer.imagesPerSecond,
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
    });
  }

  private sayState(status: 'training' | 'stopped' | 'finished'): void {
    this.say({
      type: 'run-state',
      status,
      step: this.training.session.step,
      trainedSeconds: this.trainedSeconds,
    });
  }

  private get trainedSeconds(): number {
    return (this.training.trainedSeconds ?? 0) + this.speedometer.seconds;
  }
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
