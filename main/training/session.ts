/** A GAN being trained: owns the live tensors, takes steps, and turns into a checkpoint and back. */
import { runConfigSchema, StudioError, type RunConfig } from '../contract/index.ts';
import { drawPoints, type Generator } from '../explore/index.ts';
import { ganOf, type Phase } from '../gans/index.ts';
import { compile, type Compiled } from '../graph/index.ts';
import { lossOf } from '../losses/index.ts';
import { optimizerOf, scheduleFactor } from '../optimizers/index.ts';
import { configHash, isConfigHash, type Checkpoint } from '../runs/index.ts';
import { seedTensor } from '../step-random.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { averageFrom, averageName, copyOut, firstState, partOf, stateFrom } from './state.ts';
import { trainStep, type Networks, type Rules, type StepInput } from './step.ts';

/** So many times a run goes back and halves its learning rates before it gives up. */
const MOST_REFUSALS = 5;
/** Learning rates among a step's inputs are named so. */
const RATE = 'rate/';

/** The networks that a config describes. Throws StudioError for an unknown gan, ZodError for wrong options. */
export function networksOf(config: RunConfig): Networks {
  const gan = ganOf(config.gan.kind);
  return gan.networks({
    options: gan.options.parse(config.gan.options),
    image: { size: config.dataset.options.size, channels: channelsOf(config) },
    z: config.z.size,
  });
}

/**
 * The config with every choice's options filled in, as it is stored: enough to repeat the run when defaults change.
 * Throws StudioError or ZodError for one that no session can be made of.
 */
export function completeConfig(config: RunConfig): RunConfig {
  const [gan, loss, optimizer] = [ganOf(config.gan.kind), lossOf(config.loss.kind), optimizerOf(config.optimizer.kind)];
  if (config.stabilisers.length > 0) throw unknownStabiliser(config.stabilisers[0]!.kind);
  const complete = runConfigSchema.parse({
    ...config,
    gan: { kind: gan.kind, options: gan.options.parse(config.gan.options) },
    loss: { kind: loss.kind, options: loss.options.parse(config.loss.options) },
    optimizer: { ...config.optimizer, options: optimizer.options.parse(config.optimizer.options) },
  });
  networksOf(complete);
  return complete;
}

function channelsOf(config: RunConfig): 1 | 3 {
  return config.dataset.options.colour === 'grey' ? 1 : 3;
}

/** The generator that a checkpoint holds, with its averaged weights; dispose of the weights after use. */
export function generatorFrom(config: RunConfig, checkpoint: Checkpoint): Generator {
  const { generator } = networksOf(config);
  return { network: generator!, weights: averageFrom(generator!, checkpoint) };
}

/** What a config makes of the catalogue. */
export function rulesOf(config: RunConfig): Rules {
  const optimizer = optimizerOf(config.optimizer.kind);
  return {
    networks: networksOf(config),
    phases: ganOf(config.gan.kind).phases,
    loss: lossOf(config.loss.kind),
    optimizer,
    optimizerOptions: optimizer.options.parse(config.optimizer.options),
    clips: config.optimizer.clip > 0,
  };
}

export class Session {
  readonly config: RunConfig;
  /** What recording, building and loading the steps took. */
  readonly compileMilliseconds: number;
  private readonly rules: Rules;
  private readonly compiled: Compiled;
  /** The generator's average as of this step, read out when asked for. */
  private average: Tensors | undefined;
  private steps = 0;
  private learningRateFactor = 1;
  private refusals = 0;

  /**
   * A new session at step 0, or the one that a checkpoint holds. Compiles its steps, which takes about a second.
   * `rules` are the config's, unless a test brings a gan or a loss of its own.
   */
  constructor(config: RunConfig, checkpoint?: Checkpoint, rules = rulesOf(config)) {
    this.config = config;
    this.rules = rules;
    if (checkpoint) this.adopt(checkpoint);
    const state = checkpoint ? stateFrom(this.rules, checkpoint) : firstState(this.rules, config.seed);
    const start = performance.now();
    this.compiled = compileSteps({ config, rules: this.rules, state });
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

  /** The averaged generator; its weights belong to the session and are gone after the next step. */
  get generator(): Generator {
    const names = Object.keys(this.compiled.shapes).filter((name) => name.startsWith(averageName('')));
    this.average ??= partOf(this.compiled.read(names), averageName(''));
    return { network: this.rules.networks['generator']!, weights: this.average };
  }

  /**
   * Takes one step on `real`, [batch, size, size, channels] in [-1, 1] flattened, and answers the loss of each phase that was due.
   * Throws StudioError `not-finite` and stays as it was when a loss or a gradient is no number.
   */
  takeStep(real: Float32Array): Record<string, number> {
    this.forgetAverage();
    const due = duePhases(this.rules, this.steps);
    const inputs = this.stepTensors(this.steps, real);
    const { outputs, valid } = this.compiled.run(programName(due), inputs);
    tf.dispose(inputs);
    const numbers = Array.from(outputs['report']!.dataSync());
    tf.dispose(outputs);
    const losses = Object.fromEntries(due.map(({ name }, index) => [name, numbers[index]!]));
    if (!valid) {
      const sizes = Object.fromEntries(due.map(({ name }, index) => [name, numbers[due.length + index]!]));
      throw notFinite({ step: this.steps + 1, losses, sizes });
    }
    this.steps += 1;
    return losses;
  }

  /** Everything that the session needs to go on, copied out of TensorFlow. */
  checkpoint(): Checkpoint {
    const state = this.compiled.read();
    const tensors = copyOut(state);
    tf.dispose(state);
    return { step: this.steps, tensors, learningRateFactor: this.learningRateFactor, refusals: this.refusals, configHash: configHash(this.config) };
  }

  /**
   * Goes back to the checkpoint, or to the very start, with half the learning rates.
   * Throws StudioError `gave-up` after too many times.
   */
  goBack(checkpoint: Checkpoint | undefined): { learningRateFactor: number } {
    const refusals = this.refusals + 1;
    if (refusals > MOST_REFUSALS) throw gaveUp(this.learningRateFactor);
    const state = checkpoint ? stateFrom(this.rules, checkpoint) : firstState(this.rules, this.config.seed);
    this.forgetAverage();
    this.compiled.write(state);
    tf.dispose(state);
    this.steps = checkpoint?.step ?? 0;
    this.refusals = refusals;
    this.learningRateFactor /= 2;
    return { learningRateFactor: this.learningRateFactor };
  }

  dispose(): void {
    this.forgetAverage();
    this.compiled.dispose();
  }

  private forgetAverage(): void {
    if (this.average) tf.dispose(this.average);
    this.average = undefined;
  }

  /** What step `step` (from 0) is fed, for those who take it op by op; the caller's to free. */
  inputsOf({ step, real }: { step: number; real: Float32Array }): StepInput {
    return stepInputFrom(this.stepTensors(step, real));
  }

  private stepTensors(step: number, real: Float32Array): Tensors {
    const { config } = this;
    const { batch, seed, z } = config;
    return stepTensors({
      config, real,
      z: drawPoints(z, { seed, stream: 'z', step }, batch),
      seed: seedTensor({ seed, stream: 'step', step }),
      rates: Object.fromEntries(duePhases(this.rules, step).map((phase) => [phase.name, this.rate(phase, step)])),
      // Few steps in, the average follows more closely, or it would long remember the first weights.
      averaging: Math.min(config.averaging, (1 + step) / (10 + step)),
    });
  }

  private rate(phase: Phase, step: number): number {
    const { learningRate, schedule } = this.config.optimizer;
    const own = phase.moves === 'discriminator' ? learningRate.discriminator : learningRate.generator;
    return this.rules.optimizer.rate({
      learningRate: own * this.learningRateFactor * scheduleFactor(schedule, step),
      update: Math.floor(step / phase.everySteps) + 1,
      options: this.rules.optimizerOptions,
    });
  }
}

function duePhases({ phases }: Rules, step: number): Phase[] {
  return phases.filter(({ everySteps }) => step % everySteps === 0);
}

const programName = (due: Phase[]): string => due.map(({ name }) => name).join('+');

/** One program for every set of phases that a step may take. */
function compileSteps({ config, rules, state }: { config: RunConfig; rules: Rules; state: Tensors }): Compiled {
  const { batch, z, dataset: { options: { size } } } = config;
  const sets = new Map<string, Phase[]>();
  for (let step = 0; step < rules.phases.reduce((product, { everySteps }) => product * everySteps, 1); step++) {
    const due = duePhases(rules, step);
    sets.set(programName(due), due);
  }
  return tf.tidy(() => compile({
    state,
    programs: Object.fromEntries([...sets].map(([name, due]) => [name, {
      inputs: stepTensors({
        config, real: new Float32Array(batch * size * size * channelsOf(config)), z: new Float32Array(batch * z.size),
        seed: tf.tensor1d([0, 0], 'int32'), rates: Object.fromEntries(due.map((phase) => [phase.name, 0])), averaging: 0,
      }),
      step(before: Tensors, inputs: Tensors) {
        const { state: after, losses, gradientSizes, valid } = trainStep(rules, before, stepInputFrom(inputs));
        return { state: after, outputs: { report: tf.stack([...Object.values(losses), ...Object.values(gradientSizes)]) }, valid };
      },
    }])),
  }) as never) as Compiled;
}

/** What a step is fed, by the names that its program knows. */
function stepTensors({ config, real, z, seed, rates, averaging }: {
  config: RunConfig; real: Float32Array; z: Float32Array; seed: Tensor; rates: Record<string, number>; averaging: number;
}): Tensors {
  const { batch, optimizer, z: { size: zSize }, dataset: { options: { size } } } = config;
  return {
    real: tf.tensor4d(real, [batch, size, size, channelsOf(config)]),
    z: tf.tensor2d(z, [batch, zSize]),
    seed,
    clip: tf.scalar(optimizer.clip),
    averaging: tf.scalar(averaging),
    ...Object.fromEntries(Object.entries(rates).map(([phase, rate]) => [`${RATE}${phase}`, tf.scalar(rate)])),
  };
}

function stepInputFrom({ real, z, seed, clip, averaging, ...rest }: Tensors): StepInput {
  const rates = partOf(rest, RATE) as Record<string, Scalar>;
  return { real: real!, z: z!, seed: seed!, clip: clip as Scalar, averaging: averaging as Scalar, rates };
}

function notFinite({ step, losses, sizes }: { step: number; losses: Record<string, number>; sizes: Record<string, number> }): StudioError {
  const facts = Object.keys(losses).map((phase) => `${phase}: loss ${losses[phase]}, squared gradient ${sizes[phase]}`).join('; ');
  return new StudioError({
    code: 'not-finite',
    message: `Step ${step} was refused, since its numbers are no numbers any more (${facts}). The weights are as they were before it.`,
    remedy: 'Lower the learning rates.',
  });
}

function unknownStabiliser(kind: string): StudioError {
  return new StudioError({ code: 'unknown-stabiliser', message: `There is no stabiliser "${kind}".`, remedy: 'Leave it out; there are none yet.' });
}

function gaveUp(learningRateFactor: number): StudioError {
  return new StudioError({
    code: 'gave-up',
    message: `Training kept running into numbers that are no numbers, even at ${learningRateFactor} of the learning rates. It was stopped after ${MOST_REFUSALS} tries.`,
    remedy: 'Duplicate the run with lower learning rates, another loss, or more images. The last good checkpoint is kept.',
  });
}

function configChanged(step: number): StudioError {
  return new StudioError({
    code: 'config-changed',
    message: `The run's settings were changed since its checkpoint of step ${step}: going on would not be the same run.`,
    remedy: 'Put config.json back as it was, or start a new run with the new settings.',
  });
}
