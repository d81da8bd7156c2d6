/**
 * What a step is fed beside its batch, drawn from the run's seed and the step's number alone: whoever takes
 * the step, it is the same one.
 */
import type { RunConfig } from '../contract/index.ts';
import { drawPoints } from '../explore/index.ts';
import { scheduleFactor } from '../optimizers/index.ts';
import { randomWords } from '../random.ts';
import { seedTensor } from '../step-random.ts';
import type { Tensors } from '../tensor.ts';
import type { Phase } from '../turn.ts';
import { duePhases, stepTensors, updatesUpTo } from './programs.ts';
import type { Rules } from './step.ts';

/**
 * Images of the dataset, [batch, size, size, channels] in [-1, 1] flattened, and the class of each, from 0,
 * where they have one.
 */
export type Batch = { images: Float32Array; classes?: ArrayLike<number> | undefined };

/**
 * `phases`: whose turns they are, those that are due unless told. `ahead`: updates of each network beyond
 * those that were due, none unless told.
 */
type Given = {
  config: RunConfig;
  rules: Rules;
  learningRateFactor: number;
  step: number;
  batch: Batch;
  phases?: readonly Phase[];
  ahead?: Readonly<Record<string, number>>;
};

/** The inputs of step `step`, from 0, by the names that its program knows. */
export function drawnTensors({ batch: { images, classes }, phases, ...given }: Given): Tensors {
  const { config, rules, step } = given;
  const { batch, seed, z } = config;
  return stepTensors({
    config,
    step,
    real: images,
    classes:
      config.classes.length > 0
        ? { real: Int32Array.from(classes ?? []), fake: drawClasses(config, step) }
        : undefined,
    z: drawPoints(z, { seed, stream: 'z', step }, batch),
    seed: seedTensor({ seed, stream: 'step', step }),
    rates: Object.fromEntries(
      (phases ?? duePhases(rules, step)).map((phase) => [phase.name, rateOf(phase, given)]),
    ),
    // Few steps in, the average follows more closely, or it would long remember the first weights.
    averaging: Math.min(config.averaging, (1 + step) / (10 + step)),
  });
}

/** Classes for a step's fakes, each as likely as any other. */
function drawClasses({ batch, seed, classes }: RunConfig, step: number): Int32Array {
  return Int32Array.from(
    randomWords({ seed, stream: 'classes', step }, batch),
    (word) => word % classes.length,
  );
}

function rateOf(
  phase: Phase,
  { config, rules, learningRateFactor, step, ahead = {} }: Omit<Given, 'batch' | 'phases'>,
): number {
  const { learningRate, schedule } = config.optimizer;
  const own = phase.moves === 'discriminator' ? learningRate.discriminator : learningRate.generator;
  return rules.optimizer.rate({
    learningRate: own * learningRateFactor * scheduleFactor(schedule, step),
    update: updatesUpTo({ phases: rules.phases, phase, step }) + (ahead[phase.moves] ?? 0),
    options: rules.optimizerOptions,
  });
}
