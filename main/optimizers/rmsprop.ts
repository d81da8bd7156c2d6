/**
 * RMSProp, which the first Wasserstein GAN was trained with. PyTorch's puts epsilon outside the root,
 * TensorFlow's inside, where 1e-8 acts as 1e-4 does outside.
 */
import { z } from 'zod';
import { updateInPlace } from '../graph/index.ts';
import { attribute, tf, type Scalar, type Tensor } from '../tensor.ts';
import { applyMomentum } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';

const EPSILON = 1e-8;

const optionsSchema = z.object({
  decay: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0.99)
    .meta({ title: 'Decay', description: 'Decay of the mean squared gradient.' }),
  momentum: z
    .number()
    .min(0)
    .max(0.999)
    .default(0)
    .meta({ title: 'Momentum', description: 'Share of the previous step that is added to the next.' }),
  epsilon: z
    .enum(['outside', 'inside'])
    .default('outside')
    .meta({
      title: 'Epsilon',
      description: 'Where 1e-8 is added. Inside takes smaller steps where gradients are below 1e-4.',
      choices: {
        outside: { label: 'Outside the root, as in PyTorch' },
        inside: { label: 'Inside the root, as in TensorFlow' },
      },
    }),
});
type Options = z.infer<typeof optionsSchema>;

/**
 * s = decay s + (1 - decay) g^2; v = momentum v + rate g / (sqrt(s) + epsilon); w = w - v. With epsilon
 * inside: sqrt(s + epsilon).
 *
 * Tieleman and Hinton 2012, lecture 6.5. The rate is part of v, as in TensorFlow; PyTorch applies it to w,
 * which is the same while the rate is constant.
 */
export const rmsprop: Optimizer<Options> = {
  kind: 'rmsprop',
  label: 'RMSProp',
  summary: 'Like Adam without momentum. Used for WGAN with weight clipping, where momentum does harm.',
  paper: {
    title: 'Tieleman and Hinton 2012, Neural Networks for Machine Learning, lecture 6.5',
    url: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
  },
  options: optionsSchema,
  slots: ['mean-square', 'momentum'],
  rate: ({ learningRate }) => learningRate,
  update({ weight, slots, gradient, rate, options: { decay, momentum, epsilon } }) {
    const [meanSquare, velocity] = slots as [Tensor, Tensor];
    if (epsilon === 'outside')
      return epsilonOutside({ weight, meanSquare, velocity, gradient, rate, decay, momentum });
    return updateInPlace({
      name: 'ResourceApplyRMSProp',
      attributes: [attribute.floatType('T'), attribute.boolean('use_locking', false)],
      state: [weight, meanSquare, velocity],
      inputs: [rate, tf.scalar(decay), tf.scalar(momentum), tf.scalar(EPSILON), gradient],
      reference() {
        const square = tf.add(tf.mul(meanSquare, decay), tf.mul(tf.square(gradient), 1 - decay));
        const step = tf.add(
          tf.mul(velocity, momentum),
          tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(square, EPSILON))),
        );
        return [tf.sub(weight, step), square, step];
      },
    });
  },
};

/**
 * TensorFlow has no kernel for this: ordinary operations compute the mean square, the momentum kernel the
 * rest.
 */
function epsilonOutside({
  weight,
  meanSquare,
  velocity,
  gradient,
  rate,
  decay,
  momentum,
}: Omit<Options, 'epsilon'> & {
  weight: Tensor;
  meanSquare: Tensor;
  velocity: Tensor;
  gradient: Tensor;
  rate: Scalar;
}): Tensor[] {
  const square = tf.add(tf.mul(meanSquare, decay), tf.mul(tf.square(gradient), 1 - decay));
  const scaled = tf.div(tf.mul(gradient, rate), tf.add(tf.sqrt(square), EPSILON));
  const moved = applyMomentum({ weight, velocity, gradient: scaled, rate: tf.scalar(1), momentum });
  const [after, step] = moved as [Tensor, Tensor];
  return [after, square, step];
}
