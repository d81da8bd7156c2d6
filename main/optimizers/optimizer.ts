/**
 * What every optimiser is: the slots it keeps for each weight, the rate of an update, and one of TensorFlow's
 * fused updates.
 */
import type { Entry } from '../game/index.ts';
import type { Scalar, Tensor } from '../tensor.ts';

export type Optimizer<Options extends Record<string, unknown> = Record<string, unknown>> = Entry<Options> & {
  /** What it keeps for each weight, in the weight's shape, zero at first; checkpoints use these names. */
  slots: readonly string[];
  /** The rate to pass to `update`; the number of the update counts from 1. */
  rate(given: { learningRate: number; update: number; options: Options }): number;
  /** New values of the weight and its slots, in order. */
  update(given: {
    weight: Tensor;
    slots: Tensor[];
    gradient: Tensor;
    rate: Scalar;
    options: Options;
  }): Tensor[];
};
