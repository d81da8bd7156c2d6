/** A GAN being trained: owns the live tensors, takes steps, and turns into a checkpoint and back. */
import type { RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import type { Compiled, StepOutcome } from '../graph/index.ts';
import { configHash, isConfigHash, type Checkpoint } from '../runs/index.ts';
import { tensorOf, tf, type Tensors } from '../tensor.ts';
import type { Phase } from '../game/index.ts';
import { drawnTensors, type Batch } from './drawn.ts';
import { duePhases } from './due.ts';
import { modelOf } from './models.ts';
import { compileSteps, phaseOf, programName, REPORT, stepInputFrom } from './programs.ts';
import { rulesOf } from './rules.ts';
import { allWeights, copyOut, currentSpecs, firstState, partOf, stateFrom, trainedSpecs } from './state.ts';
import { configChanged, neverFinite, notFinite } from './session-failures.ts';
import type { Rules, StepInput } from './step.ts';

/** How often a run goes back and halves its learning rates before it gives up. */
const MOST_REFUSALS = 5;

/** What a step reports: the loss of each phase that it took, and the measures of stabilisers. */
export type StepReport = { losses: Record<string, number>; measures: Record<string, number> };

/**
 * `phases` may be taken alone, whether they are due or not. `ahead`: updates that each player has already had
 * beyond those that were due.
 */
export type Apart = { phases: readonly string[]; ahead?: Readonly<Record<string, number>> };

export class Session {
  readonly config: RunConfig;
  /** What recording, building and loading the steps took. */
  readonly compileMilliseconds: number;
  readonly rules: Rules;
  private readonly compiled: Compiled;
  /** The trained model of this step, read out on first use. */
  private trained: Model | undefined;
  private steps = 0;
  private learningRateFactor = 1;
  private refusals = 0;
  /**
   * Updates of each player beyond those that were due, negative for fewer: bias correction must count phases
   * that were taken alone.
   */
  private readonly updatesAhead: Record<string, number>;

  /**
   * A new session at step 0, or the one that a checkpoint holds. Compiles its steps, which takes about a
   * second. `rules` are the config's by default. `apart` is for the 2-D lab: runs only take phases that are
   * due.
   */
  constructor(
    config: RunConfig,
    checkpoint?: Checkpoint,
    { rules = rulesOf(config), apart = { phases: [] } }: { rules?: Rules; apart?: Apart } = {},
  ) {
    this.config = config;
    this.rules = rules;
    this.updatesAhead = { ...apart.ahead };
    if (checkpoint) this.adopt(checkpoint);
    const state = checkpoint ? stateFrom(this.rules, checkpoint) : firstState(this.rules, config.seed);
    const start = performance.now();
    this.compiled = compileSteps({ config, rules: this.rules, state, alone: apart.phases });
    this.compileMilliseconds = performance.now() - start;
    tf.dispose(state);
  }

  private adopt({ step, learningRateFactor, refusals, configHash: hash }: Omit<Checkpoint, 'tensors'>): void {
    if (!isConfigHash(hash, this.config)) throw configChanged(step);
    this.steps = step;
    this.learningRateFactor = learningRateFactor;
    this.refusals = refusals;
  }

  /** Steps taken. */
  get step(): number {
    return this.steps;
  }

  /** The trained model; its weights belong to the session and are gone after the next step. */
  get model(): Model {
    return (this.trained ??= this.trainedModel());
  }

  /** The same, with weights that are the caller's to free. */
  trainedModel(): Model {
    return modelOf(this.rules, (player) => this.weightsNamed(trainedSpecs(this.rules, player)));
  }

  /** The model with the current weights in place of averaged ones; they are the caller's to free. */
  currentModel(): Model {
    return modelOf(this.rules, (player) => this.weightsNamed(currentSpecs(this.rules, player)));
  }

  private weightsNamed(specs: ReturnType<typeof trainedSpecs>): Tensors {
    const values = this.compiled.read(specs.map(({ name }) => name));
    return Object.fromEntries(specs.map(({ own, name }) => [own, tensorOf(values, name)]));
  }

  /** Updates of each player beyond those that were due. */
  get ahead(): Readonly<Record<string, number>> {
    return this.updatesAhead;
  }

  /** The weights of every network, copied out of TensorFlow. */
  allWeights(): ReturnType<typeof allWeights> {
    return allWeights(this.rules, this.checkpoint());
  }

  /**
   * The current parts of the state whose names begin with one of these, by full name; the caller's to free.
   */
  read(...prefixes: string[]): Tensors {
    return this.compiled.read(
      this.compiled.names.filter((name) => prefixes.some((prefix) => name.startsWith(prefix))),
    );
  }

  /**
   * Takes one step on a batch: the turns that are due, or that of one phase alone, if the session was made
   * for that. Throws StudioError `not-finite` and stays as it was when a loss or a gradient is NaN or
   * infinite.
   */
  takeStep(batch: Batch, alone?: string): StepReport {
    this.forgetModel();
    const due = alone === undefined ? duePhases(this.rules, this.steps) : [phaseOf(this.rules, alone)];
    const inputs = this.stepTensors(this.steps, batch, due);
    const {
      outputs: { sizes, ...reports },
      valid,
    } = this.run(programName(due), inputs);
    const numbers = Array.from(sizes!.dataSync());
    const measures = Object.fromEntries(
      Object.entries(partOf(reports, REPORT)).map(([name, number]) => [name, number.dataSync()[0]!]),
    );
    tf.dispose([sizes!, ...Object.values(reports)]);
    const losses = Object.fromEntries(due.map(({ name }, index) => [name, numbers[index]!]));
    if (!valid) {
      const sizes = Object.fromEntries(due.map(({ name }, index) => [name, numbers[due.length + index]!]));
      throw notFinite({ losses, sizes });
    }
    if (alone !== undefined) this.countApart(due);
    this.steps += 1;
    return { losses, measures };
  }

  /** A copy of what the next step starts from; its tensors are the caller's to free. */
  snapshot(): { step: number; state: Tensors; learningRateFactor: number } {
    return { step: this.steps, state: this.compiled.read(), learningRateFactor: this.learningRateFactor };
  }

  private countApart(taken: Phase[]): void {
    const count = (phases: Phase[], by: number) =>
      phases
        .flatMap(({ moves }) => moves)
        .forEach((player) => {
          this.updatesAhead[player] = (this.updatesAhead[player] ?? 0) + by;
        });
    count(taken, 1);
    count(duePhases(this.rules, this.steps), -1);
  }

  /** Everything that the session needs to go on, copied out of TensorFlow. */
  checkpoint(): Checkpoint {
    const state = this.compiled.read();
    const tensors = copyOut(state);
    tf.dispose(state);
    return {
      step: this.steps,
      tensors,
      learningRateFactor: this.learningRateFactor,
      refusals: this.refusals,
      configHash: configHash(this.config),
      ...(this.rules.precision !== 'float32' && { precision: this.rules.precision }),
    };
  }

  /**
   * Goes back to the checkpoint, or to the very start, with half the learning rates.
   * Throws StudioError `gave-up` after too many times.
   */
  goBack(checkpoint: Checkpoint | undefined): { learningRateFactor: number } {
    const refusals = this.refusals + 1;
    if (refusals > MOST_REFUSALS) throw neverFinite(this.learningRateFactor, MOST_REFUSALS);
    const state = checkpoint ? stateFrom(this.rules, checkpoint) : firstState(this.rules, this.config.seed);
    this.forgetModel();
    this.compiled.write(state);
    tf.dispose(state);
    this.steps = checkpoint?.step ?? 0;
    this.refusals = refusals;
    this.learningRateFactor /= 2;
    return { learningRateFactor: this.learningRateFactor };
  }

  dispose(): void {
    this.forgetModel();
    this.compiled.dispose();
  }

  private run(program: string, inputs: Tensors): StepOutcome {
    try {
      return this.compiled.run(program, inputs);
    } finally {
      tf.dispose(inputs);
    }
  }

  private forgetModel(): void {
    if (this.trained) tf.dispose(this.trained.weights);
    this.trained = undefined;
  }

  /** What step `step` (from 0) is fed, for those who take it op by op; the caller's to free. */
  inputsOf({ step, ...batch }: { step: number } & Batch): StepInput {
    return stepInputFrom(this.stepTensors(step, batch));
  }

  private stepTensors(step: number, batch: Batch, phases?: readonly Phase[]): Tensors {
    const { config, rules, learningRateFactor, updatesAhead: ahead } = this;
    return drawnTensors({ config, rules, learningRateFactor, step, batch, ahead, ...(phases && { phases }) });
  }
}
