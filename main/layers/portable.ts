/**
 * The few operations that a finished network consists of, and that every export format knows. Each layer
 * names its operations in its own file; each format writes each operation once (main/export).
 *
 * Pictures are [height, width, channels] here, as everywhere in the core; a format that wants the channels
 * first transposes them itself. Shapes leave the batch out.
 */
import type { Shape, Tensor } from '../tensor.ts';
import type { ActivationOptions } from './activation.ts';

/** Numbers outside of TensorFlow, with their shape. */
export type Numbers = { shape: Shape; values: Float32Array };

type Kernel<Value> = { kernel: Value; bias?: Value | undefined };
type Affine<Value> = { scale: Value; offset: Value };
type Moments<Value> = { mean: Value; variance: Value };

/** The weights and the settings of every operation, by its name. */
export type Operations<Value> = {
  /** y = x kernel + bias; kernel [inputs, units] */
  'dense': { weights: Kernel<Value> };
  /** kernel [height, width, channels, filters] */
  'conv': { weights: Kernel<Value>; stride: number; padding: 'same' | 'valid' };
  /** "same" padding: stride times as large; kernel [height, width, filters, channels] */
  'transposed-conv': { weights: Kernel<Value>; stride: number };
  /**
   * y = scale (x - mean) / sqrt(variance + epsilon) + offset, [channels] each; `momentum` is the weight of
   * the old statistics.
   */
  'batch-norm': { weights: Affine<Value> & Moments<Value>; epsilon: number; momentum: number };
  /** The same with the moments of the image's own `groups` groups of channels, over all positions. */
  'group-norm': { weights: Affine<Value>; groups: number; epsilon: number };
  /**
   * The same with a mixture of fixed moments and the moments over the image's own positions, channel by
   * channel: mean = share own mean + (1 - share) fixed mean, and variance = share own variance + (1 - share)
   * fixed variance + share (1 - share) (own mean - fixed mean)^2.
   */
  'reference-norm': { weights: Affine<Value> & Moments<Value>; share: number; epsilon: number };
  /** `slope`: that of leaky ReLU for negative numbers. */
  'activation': { function: ActivationOptions['function']; slope: number };
  /** Every pixel repeated, `factor` times along each side. */
  'upsample': { factor: number };
  /** The mean of squares of `factor` x `factor` pixels. */
  'average-pool': { factor: number };
  /** [height, width, channels] -> [channels] */
  'global-average-pool': object;
  /**
   * [height, width, factor^2 channels] -> [factor height, factor width, channels], channels in order row,
   * column.
   */
  'pixel-shuffle': { factor: number };
  /** The same numbers, in the order [height, width, channels], in another shape. */
  'reshape': { shape: Shape };
  /** The sum of two or more inputs of one shape. */
  'add': object;
  /**
   * The product of two inputs of one shape; the second may also be [1, 1, channels], [channels] or [height,
   * width, 1].
   */
  'multiply': object;
  /** Joins the last axis of its inputs. */
  'concat': object;
  /** [...] twice -> [1]: the mean of the squared differences. */
  'mean-squared-difference': object;
  /** Passes its input on: it acts in training only. */
  'dropout': { rate: number };
  /** Passes its input on: it acts in training only. */
  'noise': { scale: number };
  /** Passes its input on. */
  'nothing': object;
};

export type OperationName = keyof Operations<unknown>;

/** An operation with its weights and settings. */
export type Operation<Value, Name extends OperationName = OperationName> = {
  [One in Name]: { operation: One } & Operations<Value>[One];
}[Name];

/** One operation, or several in a row; then all but the last also say the shape of their output. */
export type Portable =
  Operation<Tensor> | readonly [...(Operation<Tensor> & { shape: Shape })[], Operation<Tensor>];

/** Why a layer has no counterpart outside of training, as the end of a sentence that begins with its name. */
export type NotPortable = { refused: string };
