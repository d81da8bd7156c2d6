/** What a run keeps of itself beside its log: sample grids and checkpoints. */
import type { RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { fixedKey, samplePictures } from '../explore/index.ts';
import type { FeatureNetwork } from '../metrics/index.ts';
import { Run } from '../runs/index.ts';
import type { Batch } from './drawn.ts';
import { BestSoFar } from './best-so-far.ts';
import { Budget } from './budget.ts';
import { asMeasured } from './as-measured.ts';
import { hasYardsticks, InGaps } from './in-gaps.ts';
import { Measuring, type QuickMeasurement } from './measuring.ts';
import type { Session } from './session.ts';

type KeepingInput = {
  session: Session;
  dataset: Dataset;
  run: Run;
  /** Takes what there is to tell. */
  say: (event: RunEvent) => void;
  /** Spent training so far, in seconds. */
  trainedSeconds: () => number;
  /** The same without what was spent before the run went on. */
  secondsOfThisTime: () => number;
  /** Does what the disk may refuse. */
  attempt: (action: () => void) => void;
  /** Opens the network that metrics see with, if there is one. */
  network?: () => FeatureNetwork | undefined;
  /** What happened before the run went on. */
  past: readonly RunEvent[];
};

const NONE = -1;
/** What goes wrong goes wrong early: before the first checkpoint a run is measured every so often. */
const EARLY_STEPS = 500;
const EARLY_EVERY = 100;

export class Keeping {
  /** Of all that is measured. */
  readonly budget: Budget;
  readonly best: BestSoFar;
  readonly inGaps: InGaps;
  private readonly given: KeepingInput;
  private readonly measuring: Measuring;
  /** The step of the newest checkpoint and that of the newest grid, as the session stands. */
  private savedAt: number;
  private sampledAt: number;
  /** What was measured and told of this step, so that its checkpoint need not measure again. */
  private measured: QuickMeasurement | undefined;
  private measuredAt: number;
  /** What that took, by the last time; 0 until it is known. */
  private measuringSeconds = 0;
  private savedTime = performance.now();

  constructor(given: KeepingInput) {
    this.given = given;
    this.measuring = new Measuring(given.dataset);
    const { session, run, say, past } = given;
    const { step } = session;
    this.budget = new Budget({
      share: run.config.measuring.share,
      trainedSeconds: given.secondsOfThisTime,
    });
    this.best = new BestSoFar({ run, say, step: () => session.step });
    this.inGaps = new InGaps({
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

  /** Whether health is to be looked at in this step: no checkpoint does, or there was no time for it before. */
  get measuresDue(): boolean {
    const early = Math.min(this.given.session.step, EARLY_STEPS);
    const dueAt = Math.max(this.savedAt, early - (early % EARLY_EVERY));
    return this.measuredAt < dueAt && this.hasTimeToMeasure;
  }

  private get hasTimeToMeasure(): boolean {
    return this.budget.allowsSoon(this.measuringSeconds);
  }

  /** After a way back, with other learning rates, each step is another one. */
  goBack(): void {
    this.inGaps.goBack();
    this.best.goBack(this.given.session.step);
    this.savedAt = NONE;
    this.sampledAt = NONE;
    this.measuredAt = NONE;
  }

  /** Asks D about these pictures from now on, and about some held-out ones, whenever the run is measured. */
  judge(batch: Batch, unseen: Batch | undefined): void {
    this.measuring.judged = batch;
    this.measuring.unseen = unseen;
  }

  /** Measures the run as it stands, and tells of it. */
  measure(): void {
    this.tell(this.measuredNow());
  }

  private measuredNow(): QuickMeasurement {
    return this.budget.spend(
      () => this.measuring.of(this.given.session),
      (seconds) => (this.measuringSeconds = seconds),
    );
  }

  /** Measures it too, where there is time for that. Throws StudioError `not-written`. */
  save(): void {
    const { best, inGaps } = this;
    const { session, run, say, trainedSeconds } = this.given;
    const { step } = session;
    this.savedTime = performance.now();
    const reported = this.measuredAt === step ? this.measured : undefined;
    const measured = reported ?? (this.hasTimeToMeasure ? this.measuredNow() : undefined);
    const distance = measured?.scores['distance'];
    const file = run.saveCheckpoint(session.checkpoint(), { hold: inGaps.held });
    if (distance) best.offer({ step, metric: 'distance', ...distance });
    this.savedAt = step;
    // What is refused and tried again is measured again, and told once.
    if (measured && !reported) this.tell(measured);
    say({
      type: 'checkpoint-saved',
      step,
      file,
      ...(distance && { distance: distance.value }),
      trainedSeconds: trainedSeconds(),
    });
    inGaps.offer();
  }

  /** A run that had no time to measure any checkpoint goes by its last one. Throws StudioError `not-written`. */
  measureLast(): void {
    const { step } = this.given.session;
    if (!this.isSaved || this.measuredAt === step || this.given.run.best()) return;
    const measured = this.measuredNow();
    this.tell(measured);
    const { distance } = measured.scores;
    if (distance) this.best.offer({ step, metric: 'distance', ...distance });
  }

  private tell(measured: QuickMeasurement): void {
    const { scores, signs } = measured;
    const { step } = this.given.session;
    this.measured = measured;
    this.measuredAt = step;
    this.given.say({ type: 'measures', step, ...asMeasured(scores), signs });
  }

  /**
   * The grid of fixed points, from the averaged model, below fixed pictures where it rebuilds them. Throws
   * StudioError `not-written` once it is told.
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
