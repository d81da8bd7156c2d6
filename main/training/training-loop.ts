/** The training loop: an async generator of events. Stop asking to pause it; abort the signal to stop it. */
import type { Failure, RunEvent, RunStatus } from '../contract/index.ts';
import { StudioError, toFailure, withLessMemory } from '../contract/index.ts';
import type { BatchStream } from '../datasets/index.ts';
import { changingRun } from '../runs/index.ts';
import { kindOfStep } from './remaining-work.ts';
import { requireClasses } from './beginning.ts';
import { HealthReports } from './health-reports.ts';
import { Journal, refusalOf } from './journal.ts';
import { firstBatch, unseenBatch } from './judged.ts';
import { RunSaver } from './run-saver.ts';
import type { LoopInput, Signals } from './loop-input.ts';
import { readPast } from './past.ts';
import { progressOf } from './progress-event.ts';
import type { StepReport } from './session.ts';
import { Speedometer } from './speedometer.ts';
import { lost, unsaved } from './unsaved.ts';

const PROGRESS_MILLISECONDS = 250;
/** With at least this budget, the last checkpoint is measured: after a minute of training, by default. */
const FEWEST_SECONDS_TO_MEASURE = 1.2;
/** In milliseconds. A caller that asks for the next step sooner was busy with this one, and not paused. */
const SHORTEST_PAUSE = 250;

export class TrainingLoop {
  /** Whether the run's log had events before. */
  readonly goesOn: boolean;
  private readonly training: LoopInput;
  private readonly journal: Journal;
  private readonly speedometer: Speedometer;
  private readonly saver: RunSaver;
  private readonly health: HealthReports;
  /** Events since the last ones were yielded. */
  private said: RunEvent[] = [];

  constructor(training: LoopInput) {
    this.training = training;
    this.journal = training.journal ?? new Journal(training.run);
    this.speedometer = new Speedometer({ batch: training.session.config.batch });
    const { session, run } = training;
    this.health = new HealthReports(session.config);
    const { goesOn, past } = readPast(run.folder, (event) => this.health.note(event));
    this.goesOn = goesOn;
    this.saver = new RunSaver({
      ...training,
      past,
      say: (event) => this.say(event),
      attempt: (action) => this.attempt('checkpoint', action),
      trainedSeconds: () => this.trainedSeconds,
      secondsOfThisTime: () => this.speedometer.seconds,
    });
  }

  /** Seconds that measuring has taken since training began. */
  get measuringSeconds(): number {
    return this.saver.budget.spentSeconds;
  }

  async *steps({ signal, endsUnsaved = AbortSignal.abort() }: Signals): AsyncGenerator<RunEvent[]> {
    const { session, run } = this.training;
    let batches: BatchStream | undefined;
    try {
      this.saver.judge(await firstBatch(this.training), unseenBatch(this.training));
      batches = this.begin();
      yield* this.yieldAll();
      while (session.step < run.config.steps && !signal.aborted) {
        await this.step(batches);
        yield* this.yieldAll();
      }
      yield* this.measureLast(signal);
      yield* this.ending(endsUnsaved);
    } catch (thrown) {
      const error = withLessMemory(thrown, run.config);
      this.journal.end();
      this.sayState('failed', toFailure(error));
      yield* this.yieldAll();
      throw error;
    } finally {
      this.saver.background.close();
      batches?.close();
    }
  }

  /** Saves a checkpoint, between two steps, unless this step has one; returns the events of that. */
  save(): RunEvent[] {
    const before = this.said;
    this.said = [];
    if (!this.saver.isSaved) this.attempt('checkpoint', () => this.saver.save());
    const events = this.said;
    this.said = before;
    return events;
  }

  /** Yields the events so far; a pause after that does not count as training. */
  private *yieldAll(): Generator<RunEvent[]> {
    const events = this.said;
    this.said = [];
    const asked = performance.now();
    yield events;
    const waited = performance.now() - asked;
    if (waited >= SHORTEST_PAUSE) this.speedometer.leaveOut(waited);
  }

  /** Logs the event at once, so that a checkpoint comes after the events that led to it. */
  private say(event: RunEvent): void {
    this.said.push(...this.journal.write(event));
    for (const report of this.health.after(event)) this.say(report);
  }

  /** Reports what the disk refuses, and training goes on; once training is over, throws it. */
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
    if (this.saver.samplesDue) this.sample();
    if (this.saver.checkpointDue) this.saveCheckpoint();
    this.measureIfDue();
    this.speedometer.apart('gaps', () => this.saver.background.advance());
    if (this.speedometer.due(PROGRESS_MILLISECONDS)) this.sayProgress();
  }

  /** Measures the last checkpoint of a run that ends by itself, unless stopped or very short. */
  private *measureLast(signal: AbortSignal): Generator<RunEvent[]> {
    const { session, run } = this.training;
    const { budget, background } = this.saver;
    if (session.step < run.config.steps || budget.seconds < FEWEST_SECONDS_TO_MEASURE || !background.isOn)
      return;
    if (!this.saver.isSaved) this.saveCheckpoint();
    if (!this.saver.isSampled) this.sample();
    if (!this.saver.isSaved) return;
    const rest = background.finish();
    while (!signal.aborted && !rest.next().done) yield* this.yieldAll();
  }

  /** Tries to save the last state whenever more is asked for; throws once `endsUnsaved` is aborted. */
  private *ending(endsUnsaved: AbortSignal): Generator<RunEvent[]> {
    const { run, session } = this.training;
    const throwIfEnded = (refused: StudioError): void => {
      if (endsUnsaved.aborted) throw lost(refused, { run, step: session.step });
    };
    this.journal.end();
    for (let refused = this.end(); refused; refused = this.end()) {
      throwIfEnded(refused);
      this.sayState('unsaved', unsaved(refused));
      yield* this.yieldAll();
      throwIfEnded(refused);
    }
    yield* this.yieldAll();
  }

  /** Saves and samples the last state if needed, and reports the end of the run; returns a refusal. */
  private end(): StudioError | undefined {
    const { session, run } = this.training;
    return refusalOf(() => {
      if (!this.saver.isSaved) this.attempt('checkpoint', () => this.saver.save());
      if (!this.saver.isSampled) this.attempt('samples', () => this.saver.sample());
      this.attempt('checkpoint', () => this.saver.measureLast());
      this.sayProgress();
      const last = this.journal.write(this.state(session.step < run.config.steps ? 'stopped' : 'finished'));
      this.journal.flush();
      this.said.push(...last);
    });
  }

  /** Goes back after a refused step: to the newest checkpoint, or the start, with half the learning rates. */
  private goBack(error: unknown): void {
    if (!(error instanceof StudioError) || error.code !== 'not-finite') throw error;
    const { session, run } = this.training;
    const refusedStep = session.step + 1;
    const checkpoint = run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint : undefined;
    const { learningRateFactor } = session.goBack(checkpoint);
    const failure = toFailure(error);
    this.say({ type: 'step-refused', step: session.step, refusedStep, learningRateFactor, failure });
    this.saver.goBack();
    this.saveCheckpoint();
    this.speedometer.lost();
  }

  private saveCheckpoint(): void {
    this.attempt('checkpoint', () => this.speedometer.apart('checkpoint', () => this.saver.save()));
  }

  private measureIfDue(): void {
    if (this.saver.measuresDue) this.speedometer.apart('measures', () => this.saver.measure());
  }

  private sample(): void {
    this.attempt('samples', () => this.speedometer.apart('samples', () => this.saver.sample()));
  }

  private sayProgress(): void {
    this.say(progressOf(this.training, this.speedometer, this.saver.background));
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
