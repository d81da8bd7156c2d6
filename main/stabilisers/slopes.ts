/** D's slope: how its verdict changes with an image, which penalties hold in bounds. */
import type { Refusal } from '../entry.ts';
import { mixingOf } from '../layers/index.ts';
import { splitInTwo, tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Turn } from '../turn.ts';
import type { Settled } from './stabiliser.ts';

/** D's verdicts as one number each, [batch]; of two nodes, real less fake: the logit of "real". */
export function logits(verdict: Tensor): Tensor {
  if (verdict.shape[1] === 1) return tf.reshape(verdict, [-1]);
  const [real, fake] = splitInTwo(verdict, 1);
  return tf.reshape(tf.sub(real, fake), [-1]);
}

/** Squared length of D's slope at each image, [batch]; images that D judges together count as one. */
export function squaredSlopes(turn: Turn, images: Tensor): Tensor {
  let judged = 0;
  const slope = tf.grad((x) => {
    const verdicts = logits(turn.judge(x, 'real').verdict);
    judged = verdicts.size;
    return tf.sum(verdicts);
  })(images); // as the images
  return tf.sum(tf.square(tf.reshape(slope, [judged, -1])), 1);
}

/** Under the root, so that its gradient stays finite at 0. */
const TINY = 1e-12;

/** mean (|grad D| - 1)^2 at these images. */
export function unitSlopePenalty(turn: Turn, images: Tensor): Scalar {
  const slopes = tf.sqrt(tf.add(squaredSlopes(turn, images), TINY)); // [batch]
  return tf.mean(tf.square(tf.sub(slopes, 1)));
}

/** In a D that mixes the batch no slope is one image's own. */
export function refusesMixing({ networks }: Settled): Refusal | undefined {
  const discriminator = networks['discriminator'];
  const mixing = discriminator && mixingOf(discriminator);
  if (!mixing) return undefined;
  return {
    message: `D uses ${mixing.name}, so its verdict on an image depends on the rest of the batch, and a penalty on its slope at that image means nothing.`,
    remedy: mixing.remedy,
  };
}
