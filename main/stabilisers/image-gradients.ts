/** D's gradient with respect to an image: how its logit changes with an image, which penalties hold in bounds. */
import { z } from 'zod';
import type { Fix } from '../contract/index.ts';
import type { Refusal, Settled, Subject, Turn } from '../game/index.ts';
import { mixingOf } from '../layers/index.ts';
import { named, splitInTwo, tf, type Scalar, type Shape, type Tensor } from '../tensor.ts';
import { networksAs, refusesSeveral } from './stabiliser.ts';

/** D's logits as one number each, [batch]; of two nodes, real less fake: the logit of "real". */
export function scalarLogits(logit: Tensor): Tensor {
  if (logit.shape[1] === 1) return tf.reshape(logit, [-1]);
  const [real, fake] = splitInTwo(logit, 1);
  return tf.reshape(tf.sub(real, fake), [-1]);
}

/**
 * Squared length of D's gradient at each subject, [batch], over all that D judges of it: an image, and what stands
 * beside it. Images that D judges together count as one.
 */
export function squaredGradients(turn: Turn, subject: Subject): Tensor {
  let judged = 0;
  // Copies: where one part was made of another, such as a code of an image, each has a gradient of its own.
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

/** The shape of a number for each subject, that of its first part: [batch, 1, ...]. */
export function oneEach(subject: Subject): Shape {
  const [first] = Object.values(subject);
  if (!first) throw new Error('A subject without parts cannot be judged.');
  return first.shape.map((size, axis) => (axis === 0 ? size : 1));
}

/** Under the root, so that its gradient stays finite at 0. */
const TINY = 1e-12;

/** The factor of `unitGradientPenalty`. */
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

/** In a D that mixes the batch no gradient is one image's own; with several Ds, a penalty would act on the first only. */
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
