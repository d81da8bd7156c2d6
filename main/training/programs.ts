/**
 * A session's steps as compiled programs: one for every set of phases that a step may take, and what each is
 * fed.
 */
import { StudioError, type RunConfig } from '../contract/index.ts';
import { compile, type Compiled, type Program } from '../graph/index.ts';
import { tf, type Scalar, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import type { Phase, PlayedPhase, Source } from '../game/index.ts';
import { duePhases, isDue, stepsInARound } from './due.ts';
import { imageShapeOf } from './rules.ts';
import { partOf } from './state.ts';
import { rateName, trainStep, type Rules, type StepInput } from './step.ts';

/** Prefixes of the names of a step's inputs: learning rates, and what the GAN's sources give. */
const RATE = 'rate/';
const SOURCE = 'source/';
/** Prefix of the names of those outputs of a step that are shown beside the losses. */
export const REPORT = 'report/';

/** The phase of this name; throws StudioError `invalid-input`. */
export function phaseOf({ phases }: Pick<Rules, 'phases'>, name: string): PlayedPhase {
  const found = phases.find((phase) => phase.name === name);
  if (found) return found;
  throw new StudioError({
    code: 'invalid-input',
    message: `The run has no turn named "${name}".`,
    remedy: `Choose among: ${phases.map((phase) => phase.name).join(', ')}.`,
  });
}

/** The first phase in which a generator moves; throws StudioError `invalid-input` for a GAN without one. */
export function generatorPhase({ phases }: Pick<Rules, 'phases'>): PlayedPhase {
  return phaseOf({ phases }, phases.find(({ roles }) => roles.includes('generator'))?.name ?? 'generator');
}

/**
 * The number, from 1, of the update of this player that the phase makes in step `step`, from 0, or would make
 * if it were due. Phases that move the same player count together, since they share what the optimiser
 * remembers.
 */
export function updatesUpTo({
  phases,
  phase,
  player,
  step,
}: {
  phases: readonly Phase[];
  phase: Phase;
  player: string;
  step: number;
}): number {
  const same = phases.filter(({ moves }) => moves.includes(player));
  const before = same.reduce(
    (sum, { everySteps, firstStep = 0 }) => sum + Math.ceil(Math.max(0, step - firstStep) / everySteps),
    0,
  );
  return before + Math.max(0, same.filter((other) => isDue(other, step)).indexOf(phase)) + 1;
}

/** The name of the program that takes these phases. */
export const programName = (due: Phase[]): string => due.map(({ name }) => name).join('+');

/** One program for every set of phases that a step may take, and one for each of the phases `alone`. */
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
  const sets = new Map<string, Phase[]>(
    alone.map((name) => [phaseOf(rules, name)]).map((phases) => [programName(phases), phases]),
  );
  for (let step = 0; step < stepsInARound(rules); step++) {
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
  return {
    inputs: stepTensors({
      config,
      inputs: Object.fromEntries(
        Object.entries(rules.sources).map(([name, source]) => [name, tf.zeros(shapeOf(source, config))]),
      ),
      step: 0,
      seed: tf.tensor1d([0, 0], 'int32'),
      rates: Object.fromEntries(
        due.flatMap(({ name, moves }) => moves.map((player) => [rateName(name, player), 0])),
      ),
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

/** The shape of what a source feeds into a step. */
export function shapeOf(source: Source, config: RunConfig): Shape {
  const { batch, classes } = config;
  switch (source.kind) {
    case 'images': {
      const { size, channels } = imageShapeOf(config);
      return [batch, size, size, channels];
    }
    case 'labels':
      return [batch, classes.length];
    case 'latent':
      return [batch, source.size];
  }
}

/** What a step is fed, by the names that its program knows. */
export function stepTensors({
  config: { optimizer },
  inputs,
  step,
  seed,
  rates,
  averaging,
}: {
  config: RunConfig;
  inputs: Tensors;
  step: number;
  seed: Tensor;
  rates: Record<string, number>;
  averaging: number;
}): Tensors {
  return {
    ...Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [`${SOURCE}${name}`, tensor])),
    step: tf.scalar(step),
    seed,
    clip: tf.scalar(optimizer.clip),
    averaging: tf.scalar(averaging),
    ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [`${RATE}${name}`, tf.scalar(rate)])),
  };
}

/** The same in the form that `trainStep` takes. */
export function stepInputFrom({ step, seed, clip, averaging, ...rest }: Tensors): StepInput {
  return {
    inputs: partOf(rest, SOURCE),
    step: step as Scalar,
    seed: seed!,
    clip: clip as Scalar,
    averaging: averaging as Scalar,
    rates: partOf(rest, RATE) as Record<string, Scalar>,
  };
}
