/** Binary cross-entropy with either label, from the logit: exact where a sigmoid would round to 0 or 1. */
import { tf, type Scalar, type Tensor } from '../tensor.ts';

/** Mean of -log sigmoid(logit) = softplus(-logit): small where D takes the images for real. */
export const asReal = (logit: Tensor): Scalar => tf.mean(tf.softplus(tf.neg(logit)));

/** Mean of -log(1 - sigmoid(logit)) = softplus(logit): small where D takes the images for fake. */
export const asFake = (logit: Tensor): Scalar => tf.mean(tf.softplus(logit));
