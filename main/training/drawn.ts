/**
 * Makes what a step is fed: its batch, and what is drawn from the run's seed and the step's number alone, so
 * that the same step is always fed the same.
 */
import { ROLES, type RunConfig } from '../contract/index.ts';
import { drawPart, latentSpace } from '../explore/index.ts';
import { scheduleFactor } from '../optimizers/index.ts';
import { randomWords } from '../random.ts';
import { seedTensor } from '../step-random.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import type { Phase, Source } from '../game/index.ts';
import { duePhases } from './due.ts';
import { shapeOf, stepTensors, updatesUpTo } from './programs.ts';
import { roleOf } from './state.ts';
import { rateName, type Rules } from './step.ts';

/**
 * Images of the data set, [batch, size, size, channels] in [-1, 1] flattened, and the class of each, from 0,
 * where they have one.
 */
export type Batch = { images: Float32Array; classes?: ArrayLike<number> | undefined };

/**
 * `phases`: those that the step takes, by default those that are due. `ahead`: updates of each player beyond
 * those that were due, by default none.
 */
type StepRequest = {
  config: RunConfig;
  rules: Rules;
  learningRateFactor: number;
  step: number;
  batch: Batch;
  phases?: readonly Phase[];
  ahead?: Readonly<Record<string, number>>;
};

/** The inputs of step `step`, from 0, by the names that its program knows. */
export function drawnTensors({ batch, phases, ...given }: StepRequest): Tensors {
  const { config, rules, step } = given;
  const { seed } = config;
  return stepTensors({
    config,
    step,
    inputs: inputsOf({ config, rules, step, batch }),
    seed: seedTensor({ seed, stream: 'step', step }),
    rates: Object.fromEntries(
      (phases ?? duePhases(rules, step)).flatMap((phase) =>
        phase.moves.map((player) => [rateName(phase.name, player), rateOf({ phase, player }, given)]),
      ),
    ),
    // In the first steps the average follows more closely: otherwise it would keep much of the first weights.
    averaging: Math.min(config.averaging, (1 + step) / (10 + step)),
  });
}

/** What the GAN's sources give in a step, by name. */
function inputsOf({
  config,
  rules: { sources },
  step,
  batch: { images, classes },
}: Pick<StepRequest, 'config' | 'rules' | 'step' | 'batch'>): Tensors {
  const { seed, batch } = config;
  const parts = latentSpace(sources);
  const valuesOf = (name: string, source: Source): Tensor => {
    const shape = shapeOf(source, config);
    switch (source.kind) {
      case 'images':
        return tf.tensor(images, shape);
      case 'labels':
        return oneHot(
          source.of === 'images' ? Int32Array.from(classes ?? []) : drawClasses(config, step),
          config,
        );
      case 'latent': {
        const part = parts.findIndex((each) => each.name === name);
        return tf.tensor(drawPart(source, { seed, stream: 'z', step, part }, batch), shape);
      }
    }
  };
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, valuesOf(name, source)]));
}

/** Classes for a step's fakes, drawn uniformly. */
function drawClasses({ batch, seed, classes }: RunConfig, step: number): Int32Array {
  return Int32Array.from(
    randomWords({ seed, stream: 'classes', step }, batch),
    (word) => word % classes.length,
  );
}

/** [batch, classes] */
function oneHot(classes: Int32Array, config: RunConfig): Tensor {
  return tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), config.classes.length).toFloat());
}

/** The learning rate of a player in a phase. */
function rateOf(
  { phase, player }: { phase: Phase; player: string },
  { config, rules, learningRateFactor, step, ahead = {} }: Omit<StepRequest, 'batch' | 'phases'>,
): number {
  const { learningRate, schedule } = config.optimizer;
  const { side } = ROLES[roleOf(rules, player)];
  return rules.optimizer.rate({
    learningRate: learningRate[side] * learningRateFactor * scheduleFactor(schedule, step),
    update: updatesUpTo({ phases: rules.phases, phase, player, step }) + (ahead[player] ?? 0),
    options: rules.optimizerOptions,
  });
}
