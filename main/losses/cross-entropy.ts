/** Binary cross-entropy with either label, from the logit: exact where a sigmoid would round to 0 or 1. */
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Labels, Logits } from '../game/index.ts';
import type { Loss } from './loss.ts';

/** Mean of -log sigmoid(logit) = softplus(-logit): small where D takes the images for real. */
export const asReal = (logit: Tensor): Scalar => tf.mean(tf.softplus(tf.neg(logit)));

/** Mean of -log(1 - sigmoid(logit)) = softplus(logit): small where D takes the images for fake. */
export const asFake = (logit: Tensor): Scalar => tf.mean(tf.softplus(logit));

/** Cross-entropy with a label between: `label` of the first and the rest of the second. */
const as = (logit: Tensor, label: number): Scalar =>
  label === 1
    ? asReal(logit)
    : label === 0
      ? asFake(logit)
      : tf.add(tf.mul(label, asReal(logit)), tf.mul(1 - label, asFake(logit)));

/** What D minimises: -mean [l log D + (1 - l) log(1 - D)] over either kind, with l its label. */
export const telling = ({ real, fake }: Logits, labels: Labels): Scalar =>
  tf.add(as(real, labels.real), as(fake, labels.fake));

/** What is true of every loss that takes D's number for a logit. */
export const WITH_LOGITS = {
  answer: 'logit',
  reading: () => ({ of: 'probability' }),
  takesLabels: true,
} as const satisfies Partial<Loss>;

/** sigmoid(v) = 1 / (1 + exp(-v)) */
export const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));

/** How cross-entropy changes with a logit v of n that is called real, and with one that is called fake. */
export const LOGISTIC = {
  real: { formula: '−(1 − σ(v)) / n', at: (v: number, n: number) => -(1 - sigmoid(v)) / n },
  fake: { formula: 'σ(v) / n', at: (v: number, n: number) => sigmoid(v) / n },
};
