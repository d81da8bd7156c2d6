/**
 * Saves what a run keeps beside its log, sample grids and checkpoints, and measures the run. It knows when
 * each is due.
 */
import type { RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { fixedKey, samplePictures } from '../explore/index.ts';
import type { FeatureNetwork } from '../metrics/index.ts';
import { Run } from '../runs/index.ts';
import type { Batch } from './drawn.ts';
import { BestSoFar } from './best-so-far.ts';
import { Budget } from './budget.ts';
import { asMeasured } from './as-measured.ts';
import { hasYardsticks, BackgroundMeasuring } from './background-measuring.ts';
import { QuickMeasuring, type QuickMeasurement } from './measuring.ts';
import type { Session } from './session.ts';

type RunSaverInput = {
  session: Session;
  dataset: Dataset;
  run: Run;
  /** Logs an event and passes it on. */
  say: (event: RunEvent) => void;
  /** Seconds spent training so far. */
  trainedSeconds: () => number;
  /** The same since the run was started or resumed. */
  secondsOfThisTime: () => number;
  /** Does something that the disk may refuse. */
  attempt: (action: () => void) => void;
  /** Opens the network that metrics see with, if there is one. */
  network?: () => FeatureNetwork | undefined;
  /** Events from before the run was resumed, without losses. */
  past: readonly RunEvent[];
};

const NONE = -1;
/**
 * Problems begin early: up to step EARLY_STEPS, a run is measured every EARLY_EVERY steps without a
 * checkpoint.
 */
const EARLY_STEPS = 500;
const EARLY_EVERY = 100;

export class RunSaver {
  /** The time for all measuring. */
  readonly budget: Budget;
  readonly best: BestSoFar;
  readonly background: BackgroundMeasuring;
  private readonly given: RunSaverInput;
  private readonly measuring: QuickMeasuring;
  /** The steps of the newest checkpoint and of the newest grid; NONE once the run has gone back. */
  private savedAt: number;
  private sampledAt: number;
  /** What was measured and reported last, so that a checkpoint of the same step need not measure again. */
  private measured: QuickMeasurement | undefined;
  private measuredAt: number;
  /** Seconds that the last measurement took; 0 until one is made. */
  private measuringSeconds = 0;
  private savedTime = performance.now();

  constructor(given: RunSaverInput) {
    this.given = given;
    this.measuring = new QuickMeasuring(given.dataset);
    const { session, run, say, past } = given;
    const { step } = session;
    this.budget = new Budget({
      share: run.config.measuring.share,
      trainedSeconds: given.secondsOfThisTime,
    });
    this.best = new BestSoFar({ run, say, step: () => session.step });
    this.background = new BackgroundMeasuring({
      network: () => undefined,
      ...given,
      budget: this.budget,
      reserved: () => this.measuringSeconds,
      best: this.best,
      hasYardsticks: hasYardsticks(past),
    });
    this.savedAt = step > 0 ? step : NONE;
    this.sampledAt = step > 0 && given.run.hasSamples(step) ? step : NONE;
    this.measuredAt = step > 0 ? step : NONE;
  }

  /** Whether this step has a checkpoint. */
  get isSaved(): boolean {
    return this.savedAt === this.given.session.step;
  }

  /** Whether this step has a sample grid. */
  get isSampled(): boolean {
    return this.sampledAt === this.given.session.step;
  }

  get samplesDue(): boolean {
    return this.given.session.step % this.given.run.config.samples.everySteps === 0;
  }

  get checkpointDue(): boolean {
    const { everySteps, everyMinutes } = this.given.run.config.checkpoints;
    return (
      this.given.session.step % everySteps === 0 ||
      performance.now() - this.savedTime >= everyMinutes * 60_000
    );
  }

  /**
   * Whether to measure now: the run is in its early steps, or there was no time when its newest checkpoint
   * was saved.
   */
  get measuresDue(): boolean {
    const early = Math.min(this.given.session.step, EARLY_STEPS);
    const dueAt = Math.max(this.savedAt, early - (early % EARLY_EVERY));
    return this.measuredAt < dueAt && this.hasTimeToMeasure;
  }

  private get hasTimeToMeasure(): boolean {
    return this.budget.allowsSoon(this.measuringSeconds);
  }

  /** The run has gone back, to other learning rates: each of its steps is a new one. */
  goBack(): void {
    this.background.goBack();
    this.best.goBack(this.given.session.step);
    this.savedAt = NONE;
    this.sampledAt = NONE;
    this.measuredAt = NONE;
  }

  /**
   * From now on, D judges these pictures whenever the run is measured, and some held-out ones if there are
   * any.
   */
  judge(batch: Batch, unseen: Batch | undefined): void {
    this.measuring.judged = batch;
    this.measuring.unseen = unseen;
  }

  /** Measures the run as it is now, and reports that. */
  measure(): void {
    this.report(this.measuredNow());
  }

  private measuredNow(): QuickMeasurement {
    return this.budget.spend(
      () => this.measuring.of(this.given.session),
      (seconds) => (this.measuringSeconds = seconds),
    );
  }

  /** Saves a checkpoint, which is measured too if there is time. Throws StudioError `not-written`. */
  save(): void {
    const { best, background } = this;
    const { session, run, say, trainedSeconds } = this.given;
    const { step } = session;
    this.savedTime = performance.now();
    const reported = this.measuredAt === step ? this.measured : undefined;
    const measured = reported ?? (this.hasTimeToMeasure ? this.measuredNow() : undefined);
    const distance = measured?.scores['distance'];
    const file = run.saveCheckpoint(session.checkpoint(), { hold: background.held });
    if (distance) best.offer({ step, metric: 'distance', ...distance });
    this.savedAt = step;
    // A checkpoint that the disk refused is measured again with the next try, and reported only once saved.
    if (measured && !reported) this.report(measured);
    say({
      type: 'checkpoint-saved',
      step,
      file,
      ...(distance && { distance: distance.value }),
      trainedSeconds: trainedSeconds(),
    });
    background.offer();
  }

  /**
   * Measures the last checkpoint if there was no time to measure any, so that the run has a best one. Throws
   * StudioError `not-written`.
   */
  measureLast(): void {
    const { step } = this.given.session;
    if (!this.isSaved || this.measuredAt === step || this.given.run.best()) return;
    const measured = this.measuredNow();
    this.report(measured);
    const { distance } = measured.scores;
    if (distance) this.best.offer({ step, metric: 'distance', ...distance });
  }

  private report(measured: QuickMeasurement): void {
    const { scores, signs } = measured;
    const { step } = this.given.session;
    this.measured = measured;
    this.measuredAt = step;
    this.given.say({ type: 'measures', step, ...asMeasured(scores), signs });
  }

  /**
   * Makes and saves the grid of fixed points, from the averaged model; if that rebuilds pictures, fixed
   * pictures stand above. Throws StudioError `not-written` after the event.
   */
  sample(): void {
    const { session, run, dataset, say } = this.given;
    const { config, model, step } = session;
    const key = fixedKey(config);
    const pictures = (batch: number) => dataset.batch({ step: 0, batch, seed: config.seed });
    const images = samplePictures({ model, config, key, count: config.samples.count, pictures });
    try {
      run.saveSamples(step, images);
      this.sampledAt = step;
    } finally {
      say({ type: 'samples', step, file: Run.samplesFile(step), images });
    }
  }
}
