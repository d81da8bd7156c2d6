/** A GAN being trained: owns the live tensors, takes steps, and turns into a checkpoint and back. */
import { runConfigSchema, StudioError, type RunConfig } from '../contract/index.ts';
import { drawPoints, type Generator } from '../explore/index.ts';
import { ganOf, type Phase } from '../gans/index.ts';
import { initialWeights, type Network } from '../layers/index.ts';
import { lossOf } from '../losses/index.ts';
import { configHash, type Checkpoint } from '../runs/index.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import { correctedRate, zeroMoments } from './adam.ts';
import { averageFrom, copyOut, stateFrom } from './checkpoint.ts';
import { gradientWeights, trainStep, type Networks, type Rules, type State } from './step.ts';

/** So many times a run goes back and halves its learning rates before it gives up. */
const MOST_REFUSALS = 5;
/** Each network's weights are numbered from its own multiple of this, so that no two share random numbers. */
const WEIGHTS_PER_NETWORK = 10_000;

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
  const [gan, loss] = [ganOf(config.gan.kind), lossOf(config.loss.kind)];
  if (config.stabilisers.length > 0) throw unknownStabiliser(config.stabilisers[0]!.kind);
  const complete = runConfigSchema.parse({
    ...config,
    gan: { kind: gan.kind, options: gan.options.parse(config.gan.options) },
    loss: { kind: loss.kind, options: loss.options.parse(config.loss.options) },
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

export class Session {
  readonly config: RunConfig;
  private readonly rules: Rules;
  private state: State;
  private steps = 0;
  private learningRateFactor = 1;
  private refusals = 0;

  /** A new session at step 0, or the one that a checkpoint holds. */
  constructor(config: RunConfig, checkpoint?: Checkpoint) {
    this.config = config;
    this.rules = {
      networks: networksOf(config),
      phases: ganOf(config.gan.kind).phases,
      loss: lossOf(config.loss.kind),
      beta1: config.optimizer.beta1,
      beta2: config.optimizer.beta2,
    };
    this.state = checkpoint ? stateFrom(this.rules.networks, checkpoint) : firstState(this.rules.networks, config.seed);
    if (checkpoint) this.adopt(checkpoint);
  }

  private adopt({ step, learningRateFactor, refusals, configHash: hash }: Omit<Checkpoint, 'tensors'>): void {
    if (hash !== configHash(this.config)) throw configChanged(step);
    this.steps = step;
    this.learningRateFactor = learningRateFactor;
    this.refusals = refusals;
  }

  /** Steps taken. */
  get step(): number {
    return this.steps;
  }

  /** The averaged generator; its weights belong to the session and change with the next step. */
  get generator(): Generator {
    return { network: this.rules.networks['generator']!, weights: this.state.average };
  }

  /**
   * Takes one step on `real`, [batch, size, size, channels] in [-1, 1] flattened, and answers the loss of each phase that was due.
   * Throws StudioError `not-finite` and stays as it was when a loss or a gradient is no number.
   */
  takeStep(real: Float32Array): Record<string, number> {
    const before = this.state;
    const after = tf.tidy(() => trainStep(this.rules, before, this.stepInput(real)));
    const losses = readScalars(after.losses);
    const sizes = readScalars(after.gradientSizes);
    if (![...Object.values(losses), ...Object.values(sizes)].every(Number.isFinite)) {
      disposeUnshared(after.state, before);
      throw notFinite({ step: this.steps + 1, losses, sizes });
    }
    disposeUnshared(before, after.state);
    this.state = after.state;
    this.steps += 1;
    return losses;
  }

  /** Everything that the session needs to go on, copied out of TensorFlow. */
  checkpoint(): Checkpoint {
    return {
      step: this.steps,
      tensors: copyOut(this.state),
      learningRateFactor: this.learningRateFactor,
      refusals: this.refusals,
      configHash: configHash(this.config),
    };
  }

  /**
   * Goes back to the checkpoint, or to the very start, with half the learning rates.
   * Throws StudioError `gave-up` after too many times.
   */
  goBack(checkpoint: Checkpoint | undefined): { learningRateFactor: number } {
    const refusals = this.refusals + 1;
    if (refusals > MOST_REFUSALS) throw gaveUp(this.learningRateFactor);
    const state = checkpoint ? stateFrom(this.rules.networks, checkpoint) : firstState(this.rules.networks, this.config.seed);
    tf.dispose(tensorsOf(this.state));
    this.state = state;
    this.steps = checkpoint?.step ?? 0;
    this.refusals = refusals;
    this.learningRateFactor /= 2;
    return { learningRateFactor: this.learningRateFactor };
  }

  dispose(): void {
    tf.dispose(tensorsOf(this.state));
  }

  private stepInput(real: Float32Array) {
    const { config, steps: step } = this;
    const { batch, seed, z, dataset: { options: { size } } } = config;
    const due = this.rules.phases.filter((phase) => step % phase.everySteps === 0);
    return {
      real: tf.tensor4d(real, [batch, size, size, channelsOf(config)]),
      z: tf.tensor2d(drawPoints(z, { seed, stream: 'z', step }, batch), [batch, z.size]),
      rates: Object.fromEntries(due.map((phase) => [phase.name, tf.scalar(this.rate(phase))])),
      // Few steps in, the average follows more closely, or it would long remember the first weights.
      averaging: tf.scalar(Math.min(config.averaging, (1 + step) / (10 + step))),
    };
  }

  private rate(phase: Phase): number {
    const { learningRate, beta1, beta2 } = this.config.optimizer;
    const own = phase.moves === 'discriminator' ? learningRate.discriminator : learningRate.generator;
    return correctedRate({ learningRate: own * this.learningRateFactor, beta1, beta2 }, Math.floor(this.steps / phase.everySteps) + 1);
  }
}

function firstState(networks: Networks, seed: number): State {
  const entries = Object.entries(networks);
  const weights = Object.fromEntries(entries.map(([name, network], index) =>
    [name, initialWeights(network, { seed, firstStep: index * WEIGHTS_PER_NETWORK })]));
  const moments = Object.fromEntries(entries.map(([name, network]) => [name, zeroMoments(movable(network, weights[name]!))]));
  const average = Object.fromEntries(Object.entries(weights['generator']!).map(([name, weight]) => [name, weight.clone()]));
  return { weights, moments, average };
}

function movable(network: Network, weights: Tensors): Tensors {
  return Object.fromEntries(gradientWeights(network).map((name) => [name, weights[name]!]));
}

function readScalars(scalars: Tensors): Record<string, number> {
  const read = Object.fromEntries(Object.entries(scalars).map(([phase, scalar]) => [phase, scalar.dataSync()[0]!]));
  tf.dispose(scalars);
  return read;
}

/** Frees the tensors of `state` that `other` does not hold too. */
function disposeUnshared(state: State, other: State): void {
  const shared = new Set(tensorsOf(other));
  for (const tensor of tensorsOf(state)) if (!shared.has(tensor)) tensor.dispose();
}

function tensorsOf(state: State): Tensor[] {
  const moments = Object.values(state.moments).flatMap(({ first, second }) => [first, second]);
  return [...Object.values(state.weights), ...moments, state.average].flatMap((tensors) => Object.values(tensors));
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
