/**
 * RMSProp, which the first Wasserstein GAN was trained with. TensorFlow's puts epsilon inside the root,
 * PyTorch's outside.
 */
import { z } from 'zod';
import { updateInPlace } from '../graph/index.ts';
import { attribute, tf, type Tensor } from '../tensor.ts';
import type { Optimizer } from './optimizer.ts';

const EPSILON = 1e-8;

const optionsSchema = z.object({
  decay: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0.99)
    .meta({ title: 'Decay', description: "How long it remembers the gradient's size." }),
  momentum: z
    .number()
    .min(0)
    .max(0.999)
    .default(0)
    .meta({ title: 'Momentum', description: 'Share of the last step that goes on.' }),
});
type Options = z.infer<typeof optionsSchema>;

/**
 * s = decay s + (1 - decay) g^2; v = momentum v + rate g / sqrt(s + epsilon); w = w - v.
 *
 * Tieleman and Hinton 2012, lecture 6.5.
 */
export const rmsprop: Optimizer<Options> = {
  kind: 'rmsprop',
  label: 'RMSProp',
  summary:
    'Adam without its momentum. What the first Wasserstein GAN used, as momentum harms a clipped critic.',
  paper: {
    title: 'Tieleman and Hinton 2012, Neural Networks for Machine Learning, lecture 6.5',
    url: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
  },
  options: optionsSchema,
  slots: ['mean-square', 'momentum'],
  rate: ({ learningRate }) => learningRate,
  update({ weight, slots, gradient, rate, options: { decay, momentum } }) {
    const [meanSquare, velocity] = slots as [Tensor, Tensor];
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
