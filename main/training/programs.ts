/** A session's steps as compiled programs: one for every set of phases that a step may take, and what each is fed. */
import type { RunConfig } from '../contract/index.ts';
import type { Phase } from '../gans/index.ts';
import { compile, type Compiled, type Program } from '../graph/index.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { channelsOf } from './rules.ts';
import { partOf } from './state.ts';
import { trainStep, type Rules, type StepInput } from './step.ts';

/** Learning rates among a step's inputs are named so. */
const RATE = 'rate/';

/** The phases that step `step`, from 0, takes, in order. */
export function duePhases({ phases }: Rules, step: number): Phase[] {
  return phases.filter(({ everySteps }) => step % everySteps === 0);
}

/** Which update of its network this phase takes at step `step`, from 1: phases that move the same network share what the optimiser remembers. */
export function updatesUpTo({ phases, phase, step }: { phases: readonly Phase[]; phase: Phase; step: number }): number {
  const same = phases.filter(({ moves }) => moves === phase.moves);
  const before = same.reduce((sum, { everySteps }) => sum + Math.ceil(step / everySteps), 0);
  return before + same.filter(({ everySteps }) => step % everySteps === 0).indexOf(phase) + 1;
}

/** The name of the program that takes these phases. */
export const programName = (due: Phase[]): string => due.map(({ name }) => name).join('+');

/** One program for every set of phases that a step may take. */
export function compileSteps({ config, rules, state }: { config: RunConfig; rules: Rules; state: Tensors }): Compiled {
  const sets = new Map<string, Phase[]>();
  for (let step = 0; step < rules.phases.reduce((product, { everySteps }) => product * everySteps, 1); step++) {
    const due = duePhases(rules, step);
    if (due.length === 0) throw new Error(`No phase is due at step ${step}: at least one must take every step.`);
    sets.set(programName(due), due);
  }
  const programs = Object.fromEntries([...sets].map(([name, due]) => [name, programOf({ config, rules, due })]));
  try {
    return compile({ state, programs });
  } finally {
    for (const { inputs } of Object.values(programs)) tf.dispose(inputs);
  }
}

function programOf({ config, rules, due }: { config: RunConfig; rules: Rules; due: Phase[] }): Program {
  const { batch, z, dataset: { options: { size } } } = config;
  return {
    inputs: stepTensors({
      config, real: new Float32Array(batch * size * size * channelsOf(config)), z: new Float32Array(batch * z.size),
      seed: tf.tensor1d([0, 0], 'int32'), rates: Object.fromEntries(due.map((phase) => [phase.name, 0])), averaging: 0,
    }),
    step(before, inputs) {
      const { state: after, losses, gradientSizes, valid } = trainStep(rules, before, stepInputFrom(inputs));
      return { state: after, outputs: { report: tf.stack([...Object.values(losses), ...Object.values(gradientSizes)]) }, valid };
    },
  };
}

/** What a step is fed, by the names that its program knows. */
export function stepTensors({ config, real, z, seed, rates, averaging }: {
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

/** The same as a step takes it. */
export function stepInputFrom({ real, z, seed, clip, averaging, ...rest }: Tensors): StepInput {
  const rates = partOf(rest, RATE) as Record<string, Scalar>;
  return { real: real!, z: z!, seed: seed!, clip: clip as Scalar, averaging: averaging as Scalar, rates };
}
