/**
 * Binary cross-entropy, computed from the logit, so that it stays exact where a sigmoid would round to 0 or
 * 1.
 */
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Labels, Logits } from '../game/index.ts';
import type { Loss } from './loss.ts';

/** Mean of -log sigmoid(logit) = softplus(-logit): small where D takes the images for real. */
export const asReal = (logit: Tensor): Scalar => tf.mean(tf.softplus(tf.neg(logit)));

/** Mean of -log(1 - sigmoid(logit)) = softplus(logit): small where D takes the images for fake. */
export const asFake = (logit: Tensor): Scalar => tf.mean(tf.softplus(logit));

/** Cross-entropy with a label from 0 to 1: label * asReal + (1 - label) * asFake. */
const withLabel = (logit: Tensor, label: number): Scalar =>
  label === 1
    ? asReal(logit)
    : label === 0
      ? asFake(logit)
      : tf.add(tf.mul(label, asReal(logit)), tf.mul(1 - label, asFake(logit)));

/**
 * What D minimises: the sum over real and fake of -mean [l log D + (1 - l) log(1 - D)], with l the label of
 * each.
 */
export const crossEntropy = ({ real, fake }: Logits, labels: Labels): Scalar =>
  tf.add(withLabel(real, labels.real), withLabel(fake, labels.fake));

/** Shared by the losses for which D's output is a logit. */
export const WITH_LOGITS = {
  meaning: 'logit',
  reading: () => ({ of: 'probability' }),
  takesLabels: true,
} as const satisfies Partial<Loss>;

/** sigmoid(v) = 1 / (1 + exp(-v)) */
export const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));

/** The derivative of cross-entropy by one logit v of n, with the label real and with the label fake. */
export const LOGISTIC = {
  real: { formula: '−(1 − σ(v)) / n', at: (v: number, n: number) => -(1 - sigmoid(v)) / n },
  fake: { formula: 'σ(v) / n', at: (v: number, n: number) => sigmoid(v) / n },
};
