/**
 * The run as the inspector reads it: a copy of all that the next step starts from, so that inspecting changes
 * nothing in the run.
 */
import { StudioError, type RunConfig } from '../contract/index.ts';
import { latentSpace, partsOf, pointOfSeed } from '../explore/index.ts';
import {
  type Batch,
  drawnTensors,
  duePhases,
  type Rules,
  type StepInput,
  stepInputFrom,
  trainStep,
} from '../training/index.ts';
import { tensorOf, tf, type Tensor, type Tensors } from '../tensor.ts';
import type { PlayedPhase } from '../game/index.ts';

/** What a step starts from. */
export type InspectedRun = {
  config: RunConfig;
  rules: Rules;
  /** Steps taken. */
  step: number;
  /** All that a step changes, by name. */
  state: Tensors;
  batch: Batch;
  learningRateFactor: number;
};

/**
 * Which image of the batch; with `seed`, its fake is made from the latent point of that seed instead of the
 * drawn one.
 */
export type ChosenImage = { image: number; seed?: number | undefined };

/** What the step is fed, with learning rates for these phases only. */
export function inputOf(
  { config, rules, step, batch, learningRateFactor }: InspectedRun,
  phases: readonly PlayedPhase[],
  chosen?: ChosenImage,
): StepInput {
  const { inputs, ...input } = stepInputFrom(
    drawnTensors({ config, rules, step, batch, learningRateFactor, phases }),
  );
  if (chosen?.seed === undefined) return { ...input, inputs };
  const space = latentSpace(rules.sources);
  const own = partsOf(space, pointOfSeed(space, chosen.seed));
  const drawn = Object.fromEntries(
    space.map(({ name }) => [
      name,
      withPoint(tensorOf(inputs, name), { row: chosen.image, point: tensorOf(own, name) }),
    ]),
  );
  return { ...input, inputs: { ...inputs, ...drawn } };
}

/** Throws StudioError `invalid-input` if the batch has no such image. */
export function requireImage({ config }: InspectedRun, { image }: ChosenImage): void {
  if (image < config.batch) return;
  throw new StudioError({
    code: 'invalid-input',
    message: `The batch has ${config.batch} pictures, numbered from 0; there is no picture ${image}.`,
    remedy: 'Choose an earlier one.',
  });
}

/** [rows, size] with one row replaced by the point, [1, size]. */
function withPoint(z: Tensor, { row, point }: { row: number; point: Tensor }): Tensor {
  const [rows] = z.shape as [number, number];
  const is = tf.reshape(tf.oneHot(tf.tensor1d([row], 'int32'), rows).toFloat(), [rows, 1]);
  return tf.add(tf.mul(z, tf.sub(1, is)), tf.mul(is, point));
}

/** The state in which the run's own step takes `phase`: after the turns that are due before it. */
export function stateBefore(inspected: InspectedRun, phase: PlayedPhase): Tensors {
  const { rules, step, state } = inspected;
  const before = rules.phases.slice(0, rules.phases.indexOf(phase));
  const due = duePhases(rules, step).filter((each) => before.includes(each));
  if (due.length === 0) return state;
  const { state: after, reports } = trainStep(rules, state, inputOf(inspected, due));
  disposeAllBut(after, Object.values(reports));
  return after;
}

/**
 * Frees these tensors, except those of the state: what a stabiliser reports or remembers may be one of them.
 */
export function disposeAllBut(state: Tensors, tensors: Tensor[]): void {
  const held = new Set(Object.values(state));
  tf.dispose(tensors.filter((tensor) => !held.has(tensor)));
}

/** The tensors of `after` that are not in `before`. */
export function newIn(after: Tensors, before: Tensors): Tensors {
  return Object.fromEntries(Object.entries(after).filter(([name, tensor]) => tensor !== before[name]));
}
