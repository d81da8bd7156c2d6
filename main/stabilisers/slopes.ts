/** D's slope: how its verdict changes with an image, which penalties hold in bounds. */
import { tf, type Tensor } from '../tensor.ts';
import type { Turn } from '../turn.ts';
import type { Settled } from './stabiliser.ts';

/** D's verdicts as one number each, [batch]; of two nodes, real less fake: the logit of "real". */
export function logits(verdict: Tensor): Tensor {
  if (verdict.shape[1] === 1) return tf.reshape(verdict, [-1]);
  const [real, fake] = tf.split(verdict, 2, 1);
  return tf.reshape(tf.sub(real!, fake!), [-1]);
}

/** Squared length of D's slope at each image, [batch]; images that D judges together count as one. */
export function squaredSlopes(turn: Turn, images: Tensor): Tensor {
  let judged = 0;
  const slope = tf.grad((x) => {
    const verdicts = logits(turn.judge(x, 'real')['verdict']!);
    judged = verdicts.shape[0]!;
    return tf.sum(verdicts);
  })(images); // as the images
  return tf.sum(tf.square(tf.reshape(slope, [judged, -1])), 1);
}

/** Batch normalisation in D makes an image's verdict depend on the others, so that no slope is one image's own. */
export function refusesMixing({ networks }: Settled): { message: string; remedy: string } | undefined {
  if (!networks['discriminator']!.layers.some(({ kind }) => kind === 'batch-norm')) return undefined;
  return {
    message: "D uses batch normalisation, so its verdict on an image depends on the rest of the batch, and a penalty on its slope at that image means nothing.",
    remedy: 'Choose another normalisation of D, such as layer or none.',
  };
}
