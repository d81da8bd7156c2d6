/**
 * The training loop. It yields what happened, a step at a time; pausing is not asking for the next one,
 * stopping is an AbortSignal.
 */
import type { Failure, RunEvent, RunStatus } from '../contract/index.ts';
import { StudioError, toFailure, withLessMemory } from '../contract/index.ts';
import type { BatchStream } from '../datasets/index.ts';
import { changingRun } from '../runs/index.ts';
import { kindOfStep } from './ahead.ts';
import { requireClasses } from './beginning.ts';
import { HealthReports } from './health-reports.ts';
import { Journal, refusalOf } from './journal.ts';
import { firstBatch, unseenBatch } from './judged.ts';
import { Keeping } from './keeping.ts';
import type { LoopInput, Signals } from './loop-input.ts';
import { readPast } from './past.ts';
import { progressOf } from './progress-event.ts';
import type { StepReport } from './session.ts';
import { Speedometer } from './speedometer.ts';
import { lost, unsaved } from './unsaved.ts';

const PROGRESS_MILLISECONDS = 250;
/** What measuring may have taken by the end of a run whose last checkpoint is measured: a minute of training, by default. */
const FEWEST_SECONDS_TO_MEASURE = 1.2;
/** Whoever asks for the next step sooner was busy with this one; later, training was paused. */
const SHORTEST_PAUSE = 250;

export class TrainingLoop {
  /** Whether the run has told anything before. */
  readonly goesOn: boolean;
  private readonly training: LoopInput;
  private readonly journal: Journal;
  private readonly speedometer: Speedometer;
  private readonly keeping: Keeping;
  private readonly health: HealthReports;
  /** What has happened since the last answer. */
  private said: RunEvent[] = [];

  constructor(training: LoopInput) {
    this.training = training;
    this.journal = training.journal ?? new Journal(training.run);
    this.speedometer = new Speedometer({ batch: training.session.config.batch });
    const { session, run } = training;
    this.health = new HealthReports(session.config);
    const { goesOn, past } = readPast(run.folder, (event) => this.health.note(event));
    this.goesOn = goesOn;
    this.keeping = new Keeping({
      ...training,
      past,
      say: (event) => this.say(event),
      attempt: (action) => this.attempt('checkpoint', action),
      trainedSeconds: () => this.trainedSeconds,
      secondsOfThisTime: () => this.speedometer.seconds,
    });
  }

  /** What measuring has taken of the training since it began. */
  get measuringSeconds(): number {
    return this.keeping.budget.spentSeconds;
  }

  async *steps({ signal, endsUnsaved = AbortSignal.abort() }: Signals): AsyncGenerator<RunEvent[]> {
    const { session, run } = this.training;
    let batches: BatchStream | undefined;
    try {
      this.keeping.judge(await firstBatch(this.training), unseenBatch(this.training));
      batches = this.begin();
      yield* this.tellAll();
      while (session.step < run.config.steps && !signal.aborted) {
        await this.step(batches);
        yield* this.tellAll();
      }
      yield* this.measuringLast(signal);
      yield* this.ending(endsUnsaved);
    } catch (thrown) {
      const error = withLessMemory(thrown, run.config);
      this.journal.end();
      this.sayState('failed', toFailure(error));
      yield* this.tellAll();
      throw error;
    } finally {
      this.keeping.inGaps.close();
      batches?.close();
    }
  }

  /** Saves a checkpoint, between two steps, unless this step has one; answers what there is to tell. */
  save(): RunEvent[] {
    const before = this.said;
    this.said = [];
    if (!this.keeping.isSaved) this.attempt('checkpoint', () => this.keeping.save());
    const events = this.said;
    this.said = before;
    return events;
  }

  /** A pause is not training. */
  private *tellAll(): Generator<RunEvent[]> {
    const events = this.said;
    this.said = [];
    const asked = performance.now();
    yield events;
    const waited = performance.now() - asked;
    if (waited >= SHORTEST_PAUSE) this.speedometer.leaveOut(waited);
  }

  /** Written down at once: a checkpoint comes after the events that led to it. */
  private say(event: RunEvent): void {
    this.said.push(...this.journal.write(event));
    for (const report of this.health.after(event)) this.say(report);
  }

  /** What the disk refuses is told, and training goes on; thrown when that is over. */
  private attempt(what: 'samples' | 'checkpoint', action: () => void): void {
    this.said.push(...this.journal.attempt(what, this.training.session.step, action));
  }

  private begin(): BatchStream {
    const { session, dataset, run } = this.training;
    const { config, step } = session;
    requireClasses(config, dataset);
    const batches = dataset.stream({ batch: config.batch, seed: config.seed, from: step });
    changingRun(() => {
      run.prepare();
      run.giveUpAfter(step);
    });
    if (this.goesOn) this.say({ type: 'resumed', step });
    this.sayState('training');
    if (step === 0) this.sample();
    this.measureIfDue();
    return batches;
  }

  private async step(batches: BatchStream): Promise<void> {
    const { session } = this.training;
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
    if (this.keeping.samplesDue) this.sample();
    if (this.keeping.checkpointDue) this.saveCheckpoint();
    this.measureIfDue();
    this.speedometer.apart('gaps', () => this.keeping.inGaps.advance());
    if (this.speedometer.due(PROGRESS_MILLISECONDS)) this.sayProgress();
  }

  /**
   * A run that ends by itself has its last checkpoint measured to the end, unless it is stopped meanwhile, or was so short
   * that this would take longer than the run.
   */
  private *measuringLast(signal: AbortSignal): Generator<RunEvent[]> {
    const { session, run } = this.training;
    const { budget, inGaps } = this.keeping;
    if (session.step < run.config.steps || budget.seconds < FEWEST_SECONDS_TO_MEASURE || !inGaps.isOn) return;
    if (!this.keeping.isSaved) this.saveCheckpoint();
    if (!this.keeping.isSampled) this.sample();
    if (!this.keeping.isSaved) return;
    const rest = inGaps.finish();
    while (!signal.aborted && !rest.next().done) yield* this.tellAll();
  }

  /** Tries to save the last state, again whenever more is asked for; throws once `endsUnsaved` has aborted. */
  private *ending(endsUnsaved: AbortSignal): Generator<RunEvent[]> {
    const { run, session } = this.training;
    const throwIfEnded = (refused: StudioError): void => {
      if (endsUnsaved.aborted) throw lost(refused, { run, step: session.step });
    };
    this.journal.end();
    for (let refused = this.end(); refused; refused = this.end()) {
      throwIfEnded(refused);
      this.sayState('unsaved', unsaved(refused));
      yield* this.tellAll();
      throwIfEnded(refused);
    }
    yield* this.tellAll();
  }

  /** Saves and samples the last state, unless that is done, and says that the run is over; answers a refusal. */
  private end(): StudioError | undefined {
    const { session, run } = this.training;
    return refusalOf(() => {
      if (!this.keeping.isSaved) this.attempt('checkpoint', () => this.keeping.save());
      if (!this.keeping.isSampled) this.attempt('samples', () => this.keeping.sample());
      this.attempt('checkpoint', () => this.keeping.measureLast());
      this.sayProgress();
      const last = this.journal.write(this.state(session.step < run.config.steps ? 'stopped' : 'finished'));
      this.journal.flush();
      this.said.push(...last);
    });
  }

  /** After a refused step: the last checkpoint, or the start, with half the learning rates. */
  private goBack(error: unknown): void {
    if (!(error instanceof StudioError) || error.code !== 'not-finite') throw error;
    const { session, run } = this.training;
    const refusedStep = session.step + 1;
    const checkpoint = run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint : undefined;
    const { learningRateFactor } = session.goBack(checkpoint);
    const failure = toFailure(error);
    this.say({ type: 'step-refused', step: session.step, refusedStep, learningRateFactor, failure });
    this.keeping.goBack();
    this.saveCheckpoint();
    this.speedometer.lost();
  }

  private saveCheckpoint(): void {
    this.attempt('checkpoint', () => this.speedometer.apart('checkpoint', () => this.keeping.save()));
  }

  private measureIfDue(): void {
    if (this.keeping.measuresDue) this.speedometer.apart('measures', () => this.keeping.measure());
  }

  private sample(): void {
    this.attempt('samples', () => this.speedometer.apart('samples', () => this.keeping.sample()));
  }

  private sayProgress(): void {
    this.say(progressOf(this.training, this.speedometer, this.keeping.inGaps));
  }

  private sayState(status: RunStatus, failure?: Failure): void {
    this.say(this.state(status, failure));
  }

  private state(status: RunStatus, failure?: Failure): RunEvent {
    const { step } = this.training.session;
    const { trainedSeconds } = this;
    return { type: 'run-state', status, step, ...(failure && { failure }), trainedSeconds };
  }

  private get trainedSeconds(): number {
    return (this.training.trainedSeconds ?? 0) + this.speedometer.seconds;
  }
}
