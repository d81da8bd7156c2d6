/** What a run keeps of itself beside its log: sample grids and checkpoints. */
import type { RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { fixedKey, samplePictures } from '../explore/index.ts';
import { Run } from '../runs/index.ts';
import type { Batch } from './drawn.ts';
import type { BestSoFar } from './best-so-far.ts';
import type { Budget } from './budget.ts';
import { asMeasured, type InGaps } from './in-gaps.ts';
import { Measuring, type Measured } from './measuring.ts';
import type { Session } from './session.ts';

type Given = {
  session: Session;
  dataset: Dataset;
  run: Run;
  /** Takes what there is to tell. */
  say: (event: RunEvent) => void;
  /** Spent training so far, in seconds. */
  trainedSeconds: () => number;
  /** Of what is measured. */
  budget: Budget;
  best: BestSoFar;
  inGaps: InGaps;
};

const NONE = -1;
/** What goes wrong goes wrong early: before the first checkpoint a run is measured every so often. */
const EARLY_STEPS = 500;
const EARLY_EVERY = 100;

export class Keeping {
  private readonly given: Given;
  private readonly measuring: Measuring;
  /** The step of the newest checkpoint and that of the newest grid, as the session stands. */
  private savedAt: number;
  private sampledAt: number;
  /** What was measured and told of this step, so that its checkpoint need not measure again. */
  private measured: Measured | undefined;
  private measuredAt: number;
  private savedTime = Date.now();

  constructor(given: Given) {
    this.given = given;
    this.measuring = new Measuring(given.dataset);
    const { step } = given.session;
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
    return this.given.session.step % everySteps === 0 || Date.now() - this.savedTime >= everyMinutes * 60_000;
  }

  /** Whether health is to be looked at in this step, and no checkpoint does. */
  get measuresDue(): boolean {
    const { step } = this.given.session;
    return step <= EARLY_STEPS && step % EARLY_EVERY === 0 && this.measuredAt !== step;
  }

  /** After a way back, with other learning rates, each step is another one. */
  forget(): void {
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

  private measuredNow(): Measured {
    const { budget, session } = this.given;
    return budget.spend(() => this.measuring.of(session));
  }

  /** Throws StudioError `not-written`. */
  save(): void {
    const { session, run, say, trainedSeconds, best, inGaps } = this.given;
    const { step } = session;
    this.savedTime = Date.now();
    const told = this.measuredAt === step ? this.measured : undefined;
    const measured = told ?? this.measuredNow();
    const { distance } = measured.scores;
    const file = run.saveCheckpoint(session.checkpoint(), { hold: inGaps.held });
    if (distance) best.offer({ step, metric: 'distance', ...distance });
    this.savedAt = step;
    // What is refused and tried again is measured again, and told once.
    if (!told) this.tell(measured);
    say({
      type: 'checkpoint-saved',
      step,
      file,
      ...(distance && { distance: distance.value }),
      trainedSeconds: trainedSeconds(),
    });
    inGaps.offer();
  }

  private tell(measured: Measured): void {
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
