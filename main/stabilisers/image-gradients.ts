/** D's gradient with respect to the images that it judges, which penalties bound. */
import { z } from 'zod';
import type { Fix } from '../contract/index.ts';
import type { Refusal, Settled, Subject, Turn } from '../game/index.ts';
import { mixingOf } from '../layers/index.ts';
import { named, splitInTwo, tf, type Scalar, type Shape, type Tensor } from '../tensor.ts';
import { networksAs, refusesSeveral } from './stabiliser.ts';

/**
 * D's logits, [batch, nodes], as one number each, [batch]; with two nodes real minus fake, the logit of
 * "real".
 */
export function scalarLogits(logit: Tensor): Tensor {
  if (logit.shape[1] === 1) return tf.reshape(logit, [-1]);
  const [real, fake] = splitInTwo(logit, 1);
  return tf.reshape(tf.sub(real, fake), [-1]);
}

/**
 * Squared length of D's gradient at each subject, [batch], by all of its parts: the image, and what D judges
 * with it. Images that D judges together count as one.
 */
export function squaredGradients(turn: Turn, subject: Subject): Tensor {
  let judged = 0;
  // Copies, so that a part made of another one, such as the code of an image, has a gradient of its own.
  const names = Object.keys(subject);
  const gradients = tf.grads((...parts: Tensor[]) => {
    const moved = named(names, parts) as Subject;
    const logits = scalarLogits(turn.judge(moved, 'real').logit);
    judged = logits.size;
    return tf.sum(logits);
  })(Object.values(subject).map((part) => tf.clone(part))); // as the parts
  const squared = gradients.map((gradient) => tf.sum(tf.square(tf.reshape(gradient, [judged, -1])), 1));
  return squared.reduce((sum, next) => tf.add(sum, next));
}

/** The shape of one number for each subject, with the rank of its first part: [batch, 1, ...]. */
export function oneEach(subject: Subject): Shape {
  const [first] = Object.values(subject);
  if (!first) throw new Error('A subject without parts cannot be judged.');
  return first.shape.map((size, axis) => (axis === 0 ? size : 1));
}

/** Added under the square root, whose gradient is infinite at 0. */
const TINY = 1e-12;

/** The option `weight` of penalties that use `unitGradientPenalty`. */
export const unitGradientWeight = z
  .number()
  .min(0)
  .max(1000)
  .default(10)
  .meta({ title: 'Weight', description: 'How strongly a gradient norm other than 1 is penalised.' });

/** mean (|grad D| - 1)^2 at these subjects. */
export function unitGradientPenalty(turn: Turn, subject: Subject): Scalar {
  const gradients = tf.sqrt(tf.add(squaredGradients(turn, subject), TINY)); // [batch]
  return tf.mean(tf.square(tf.sub(gradients, 1)));
}

const USE_LAYER_NORM: Fix = {
  label: 'Use layer normalisation',
  change: { kind: 'option', name: 'normalisation', value: 'layer' },
};

const usesBatchNorm = ({ gan: { options } }: Settled['config']): boolean =>
  options['normalisation'] === 'batch';

/**
 * The refusal of a penalty on D's gradient. In a D that mixes the batch, no gradient belongs to one image
 * alone; with several Ds, the penalty would act on the first only.
 */
export function refusesPenalty(run: Settled): Refusal | undefined {
  const { players, config } = run;
  const several = refusesSeveral(run);
  if (several) return several;
  const mixing = networksAs('discriminator', players).map(mixingOf).find(Boolean);
  if (!mixing) return undefined;
  return {
    message: `D uses ${mixing.name}, so its output for a picture depends on the rest of the batch, and a penalty on its gradient at that picture has no meaning.`,
    remedy: mixing.remedy,
    ...(usesBatchNorm(config) && { fix: USE_LAYER_NORM }),
  };
}
