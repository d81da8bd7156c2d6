/**
 * A session's steps as compiled programs: one for every set of phases that a step may take, and what each is
 * fed.
 */
import { StudioError, type RunConfig } from '../contract/index.ts';
import { compile, type Compiled, type Program } from '../graph/index.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Phase } from '../turn.ts';
import { imageShapeOf } from './rules.ts';
import { partOf } from './state.ts';
import { trainStep, type Rules, type StepInput } from './step.ts';

/** Learning rates among a step's inputs are named so. */
const RATE = 'rate/';
/** Numbers to be shown beside the losses, among a step's outputs. */
export const REPORT = 'report/';

/** The phases that step `step`, from 0, takes, in order. */
export function duePhases({ phases }: Rules, step: number): Phase[] {
  return phases.filter((phase) => isDue(phase, step));
}

const isDue = ({ everySteps, firstStep = 0 }: Phase, step: number): boolean =>
  step >= firstStep && (step - firstStep) % everySteps === 0;

/** The phase of this name; throws StudioError `invalid-input`. */
export function phaseOf({ phases }: Pick<Rules, 'phases'>, name: string): Phase {
  const found = phases.find((phase) => phase.name === name);
  if (found) return found;
  throw new StudioError({
    code: 'invalid-input',
    message: `The run has no turn named "${name}".`,
    remedy: `Choose among: ${phases.map((phase) => phase.name).join(', ')}.`,
  });
}

/** The first phase in which G moves; throws StudioError `invalid-input` for a GAN without one. */
export function generatorPhase({ phases }: Pick<Rules, 'phases'>): Phase {
  return phaseOf({ phases }, phases.find(({ moves }) => moves === 'generator')?.name ?? 'generator');
}

/**
 * Which update of its network, from 1, this phase takes at step `step`, from 0, or would take if it were due:
 * phases that move the same network share what the optimiser remembers.
 */
export function updatesUpTo({
  phases,
  phase,
  step,
}: {
  phases: readonly Phase[];
  phase: Phase;
  step: number;
}): number {
  const same = phases.filter(({ moves }) => moves === phase.moves);
  const before = same.reduce(
    (sum, { everySteps, firstStep = 0 }) => sum + Math.ceil(Math.max(0, step - firstStep) / everySteps),
    0,
  );
  return before + Math.max(0, same.filter((other) => isDue(other, step)).indexOf(phase)) + 1;
}

/** The name of the program that takes these phases. */
export const programName = (due: Phase[]): string => due.map(({ name }) => name).join('+');

/** The phases in which this network moves, in order: all of its turns, due or not. */
export function phasesOf({ phases }: Rules, network: string): Phase[] {
  return phases.filter(({ moves }) => moves === network);
}

/**
 * One program for every set of phases that a step may take, and one for the turns of each of the networks
 * `alone`.
 */
export function compileSteps({
  config,
  rules,
  state,
  alone,
}: {
  config: RunConfig;
  rules: Rules;
  state: Tensors;
  alone: readonly string[];
}): Compiled {
  const sets = new Map(
    alone.map((network) => phasesOf(rules, network)).map((phases) => [programName(phases), phases]),
  );
  for (
    let step = 0;
    step < rules.phases.reduce((product, { everySteps }) => product * everySteps, 1);
    step++
  ) {
    const due = duePhases(rules, step);
    if (due.length === 0)
      throw new Error(`No phase is due at step ${step}: at least one must take every step.`);
    sets.set(programName(due), due);
  }
  const programs = Object.fromEntries(
    [...sets].map(([name, due]) => [name, programOf({ config, rules, due })]),
  );
  try {
    return compile({ state, programs });
  } finally {
    for (const { inputs } of Object.values(programs)) tf.dispose(inputs);
  }
}

function programOf({ config, rules, due }: { config: RunConfig; rules: Rules; due: Phase[] }): Program {
  const { batch, z, classes } = config;
  const { size, channels } = imageShapeOf(config);
  const none = classes.length > 0 ? new Int32Array(batch) : undefined;
  return {
    inputs: stepTensors({
      config,
      real: new Float32Array(batch * size * size * channels),
      z: new Float32Array(batch * z.size),
      classes: none && { real: none, fake: none },
      step: 0,
      seed: tf.tensor1d([0, 0], 'int32'),
      rates: Object.fromEntries(due.map((phase) => [phase.name, 0])),
      averaging: 0,
    }),
    step(before, inputs) {
      const {
        state: after,
        losses,
        gradientSizes,
        reports,
        valid,
      } = trainStep(rules, before, stepInputFrom(inputs));
      const numbers = Object.entries(reports).map(([name, number]) => [`${REPORT}${name}`, number] as const);
      const sizes = tf.stack([...Object.values(losses), ...Object.values(gradientSizes)]);
      return { state: after, outputs: { sizes, ...Object.fromEntries(numbers) }, valid };
    },
  };
}

/** What a step is fed, by the names that its program knows. */
export function stepTensors({
  config,
  real,
  z,
  classes,
  step,
  seed,
  rates,
  averaging,
}: {
  config: RunConfig;
  real: Float32Array;
  z: Float32Array;
  classes: { real: Int32Array; fake: Int32Array } | undefined;
  step: number;
  seed: Tensor;
  rates: Record<string, number>;
  averaging: number;
}): Tensors {
  const {
    batch,
    optimizer,
    z: { size: zSize },
  } = config;
  const { size, channels } = imageShapeOf(config);
  return {
    real: tf.tensor4d(real, [batch, size, size, channels]),
    z: tf.tensor2d(z, [batch, zSize]),
    ...(classes
      ? { realClasses: oneHot(classes.real, config), fakeClasses: oneHot(classes.fake, config) }
      : {}),
    step: tf.scalar(step),
    seed,
    clip: tf.scalar(optimizer.clip),
    averaging: tf.scalar(averaging),
    ...Object.fromEntries(Object.entries(rates).map(([phase, rate]) => [`${RATE}${phase}`, tf.scalar(rate)])),
  };
}

/** The same as a step takes it. */
export function stepInputFrom({
  real,
  z,
  realClasses,
  fakeClasses,
  step,
  seed,
  clip,
  averaging,
  ...rest
}: Tensors): StepInput {
  const rates = partOf(rest, RATE) as Record<string, Scalar>;
  const classes = realClasses && fakeClasses ? { real: realClasses, fake: fakeClasses } : undefined;
  return {
    real: real!,
    z: z!,
    classes,
    step: step as Scalar,
    seed: seed!,
    clip: clip as Scalar,
    averaging: averaging as Scalar,
    rates,
  };
}

/** [batch, classes] */
function oneHot(classes: Int32Array, config: RunConfig): Tensor {
  return tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), config.classes.length).toFloat());
}
