/**
 * Measures the metrics that take seconds while a run trains: piece by piece in the gaps between steps, for no
 * more than a share of the time. Training does not depend on it.
 */
import {
  toFailure,
  type BestCheckpoint,
  type RunEvent,
  type Score,
  type Yardsticks,
} from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Model } from '../explore/index.ts';
import { METRICS, type FeatureNetwork, type Metric } from '../metrics/index.ts';
import { Recipe } from '../recipe/index.ts';
import type { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { asMeasured } from './as-measured.ts';
import { isBetter, isClose, type BestSoFar } from './best-so-far.ts';
import type { Budget } from './budget.ts';
import { modelFrom, untrainedModel } from './models.ts';
import { type Session } from './session.ts';

const SLOW_METRICS = METRICS.filter(({ every }) => every === 'request');

type BackgroundInput = {
  session: Session;
  dataset: Dataset;
  run: Run;
  /** Opens the network that metrics see with; undefined if there is none. May throw. */
  network: () => FeatureNetwork | undefined;
  budget: Budget;
  /** Seconds of the budget that are kept for the quick measurement at the next checkpoint. */
  reserved: () => number;
  best: BestSoFar;
  say: (event: RunEvent) => void;
  /** Does something that the disk may refuse. */
  attempt: (action: () => void) => void;
  /** Whether the log holds yardsticks of these pictures. */
  hasYardsticks: boolean;
};

type Work = Generator<unknown, void>;

export class BackgroundMeasuring {
  private readonly given: BackgroundInput;
  /** Undefined where there is none; null until that is known. */
  private network: FeatureNetwork | undefined | null = null;
  private recipe: Recipe | undefined;
  private job: { of?: number; work: Work; seconds: number } | undefined;
  /** Seconds that the longest piece so far took. */
  private longestSeconds = 0;
  private lastMeasured: number | undefined;
  /** Seconds that measuring the last checkpoint will take, as the previous one did; 0 until known. */
  private secondsAtEnd = 0;
  /** The step of the best checkpoint, where its score is a mean of two measurements. */
  private measuredTwice: number | undefined;
  private hasYardsticks: boolean;

  constructor(given: BackgroundInput) {
    this.given = given;
    this.hasYardsticks = given.hasYardsticks;
  }

  /** Steps of checkpoints that must stay, since they may yet turn out to be the best. */
  get held(): number[] {
    return this.job?.of === undefined ? [] : [this.job.of];
  }

  /** Whether there is a network to measure with, and time for it. */
  get isOn(): boolean {
    const { run, dataset } = this.given;
    if (run.config.measuring.share === 0 || dataset.channels === 2 || dataset.count < 2) return false;
    if (this.network === null) this.openNetwork();
    return this.network !== undefined;
  }

  /** Seconds until the end of a run that still trains for `secondsLeft`, measuring included. */
  withMeasuring(secondsLeft: number): number {
    return this.network
      ? secondsLeft * (1 + this.given.run.config.measuring.share) + this.secondsAtEnd
      : secondsLeft;
  }

  /** Begins to measure the session, whose checkpoint is saved, unless another measurement is under way. */
  offer(): void {
    const { session } = this.given;
    if (this.job || this.lastMeasured === session.step || !this.isOn) return;
    const model = this.given.budget.spend(() => session.trainedModel());
    this.job = { of: session.step, work: this.measure(session.step, model), seconds: 0 };
  }

  /** Does the next piece where the budget allows it. */
  advance(): void {
    const { budget, reserved } = this.given;
    if (this.job && budget.allows(reserved() + this.longestSeconds)) this.doPiece();
  }

  /** Finishes the measurement under way, then measures the saved session. Yields after each piece. */
  *finish(): Generator<void> {
    for (let round = 0; round < 2; round++) {
      if (this.job?.of === undefined) this.close();
      this.offer();
      for (const { job } = this; job && this.job === job; yield) this.doPiece();
    }
    this.close();
  }

  /** The run has gone back: drops the measurement of a later step. */
  goBack(): void {
    if ((this.job?.of ?? 0) > this.given.session.step) this.close();
  }

  /** Drops the measurement under way. */
  close(): void {
    this.job?.work.return();
    this.job = undefined;
  }

  /** Whatever goes wrong with a metric, training goes on. */
  private doPiece(): void {
    const { job } = this;
    if (!job) return;
    try {
      const { done } = this.given.budget.spend(
        () => job.work.next(),
        (seconds) => {
          job.seconds += seconds;
          this.longestSeconds = Math.max(this.longestSeconds, seconds);
        },
      );
      if (!done) return;
      if (job.of !== undefined) this.secondsAtEnd = job.seconds;
      this.job = undefined;
      if (!this.hasYardsticks) this.job = { work: this.measureYardsticks(), seconds: 0 };
    } catch (error) {
      this.goOnWithoutMetrics(error);
    }
  }

  private goOnWithoutMetrics(error: unknown): void {
    this.close();
    this.network = undefined;
    const { code, message, remedy } = toFailure(error);
    this.given.say({
      type: 'warning',
      step: this.given.session.step,
      failure: { code, message: `${message} Training goes on without metrics on a trained network.`, remedy },
    });
  }

  private openNetwork(): void {
    const { network, budget } = this.given;
    try {
      this.network = budget.spend(network);
    } catch (error) {
      this.goOnWithoutMetrics(error);
    }
  }

  private requiredRecipe(): Recipe {
    const { dataset, session } = this.given;
    const network = this.network ?? undefined;
    return (this.recipe ??= new Recipe({ config: session.config, dataset, network }));
  }

  private *measure(step: number, model: Model): Work {
    const { say, session, run } = this.given;
    try {
      const scores = yield* this.scoresOf(model, { draw: 0, metrics: SLOW_METRICS });
      this.lastMeasured = step;
      say({ type: 'measures', step: session.step, of: step, ...asMeasured(scores) });
      const metric = run.config.measuring.best;
      const score = scores[metric];
      if (score) yield* this.compare({ step, metric, ...score }, model);
    } finally {
      tf.dispose(model.weights);
    }
  }

  /** Makes the candidate the best if it scores better; close scores are both measured again first. */
  private *compare(candidate: BestCheckpoint, model: Model): Work {
    const { best, attempt } = this.given;
    const before = best.byChosen;
    if (!before || before.step === candidate.step || !isClose(candidate, before)) {
      attempt(() => best.offer(candidate));
      return;
    }
    const again = yield* this.again(candidate, model);
    const other = this.measuredTwice === before.step ? before : yield* this.againSaved(before);
    const better = isBetter(again, other) ? again : other;
    this.measuredTwice = better.step;
    attempt(() => best.set(better));
  }

  private *againSaved(best: BestCheckpoint): Generator<unknown, BestCheckpoint> {
    const { run, session } = this.given;
    const model = modelFrom(session.config, run.checkpoint(best.step));
    try {
      return yield* this.again(best, model);
    } finally {
      tf.dispose(model.weights);
    }
  }

  /** The mean of the known score and of one more measurement, with other latent points. */
  private *again(known: BestCheckpoint, model: Model): Generator<unknown, BestCheckpoint> {
    const metrics = SLOW_METRICS.filter(({ kind }) => kind === known.metric);
    const { [known.metric]: score } = yield* this.scoresOf(model, { draw: 1, metrics });
    if (!score) return known;
    const error =
      known.error === undefined || score.error === undefined
        ? {}
        : { error: Math.hypot(known.error, score.error) / 2 };
    return { step: known.step, metric: known.metric, value: (known.value + score.value) / 2, ...error };
  }

  private *scoresOf(
    model: Model,
    { draw, metrics }: { draw: number; metrics: readonly Metric[] },
  ): Generator<unknown, Record<string, Score>> {
    const recipe = this.requiredRecipe();
    yield;
    return yield* recipe.scoresOf(yield* recipe.samplesOf(model, draw), metrics);
  }

  private *measureYardsticks(): Work {
    const recipe = this.requiredRecipe();
    const { session, say } = this.given;
    const scores: Yardsticks = { heldOut: yield* recipe.heldOutScores(SLOW_METRICS) };
    const untrained = untrainedModel(session.config);
    try {
      scores.untrained = yield* this.scoresOf(untrained, { draw: 0, metrics: SLOW_METRICS });
    } finally {
      tf.dispose(untrained.weights);
    }
    scores.noise = yield* recipe.scoresOf(recipe.noise(), SLOW_METRICS);
    this.hasYardsticks = true;
    say({ type: 'yardsticks', step: session.step, scores });
  }
}

/** Whether a run's log has yardsticks of its present pictures. */
export function hasYardsticks(past: readonly RunEvent[]): boolean {
  const types = past.map(({ type }) => type);
  return types.lastIndexOf('yardsticks') > types.lastIndexOf('data-changed');
}
