/** Adam, the optimiser that most GANs are trained with. */
import { z } from 'zod';
import { updateInPlace } from '../graph/index.ts';
import { attribute, tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Optimizer } from './optimizer.ts';

const EPSILON = 1e-8;

const optionsSchema = z.object({
  beta1: z.number().min(0).max(0.999).default(0.5).meta({
    title: 'β₁',
    description: 'Decay of the mean gradient (momentum). GANs use 0 or 0.5; with 0.9 they oscillate.',
  }),
  beta2: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0.999)
    .meta({ title: 'β₂', description: 'Decay of the mean squared gradient.' }),
});
type Options = z.infer<typeof optionsSchema>;

/**
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w = w - rate m / (sqrt(v) + epsilon).
 *
 * Kingma and Ba 2015, algorithm 1, in the order of section 2's last paragraph: the rate includes the bias
 * correction.
 */
export const adam: Optimizer<Options> = {
  kind: 'adam',
  label: 'Adam',
  summary: 'Scales the step of every weight by the size of its recent gradients. The optimiser of most GANs.',
  paper: {
    title: 'Kingma and Ba 2015, Adam: A Method for Stochastic Optimization',
    url: 'https://arxiv.org/abs/1412.6980',
  },
  options: optionsSchema,
  slots: ['first-moment', 'second-moment'],
  rate: ({ learningRate, update, options: { beta1, beta2 } }) =>
    (learningRate * Math.sqrt(1 - beta2 ** update)) / (1 - beta1 ** update),
  update({ weight, slots, gradient, rate, options: { beta1, beta2 } }) {
    const [first, second] = slots as [Tensor, Tensor];
    const none = tf.scalar(0); // in place of the powers of beta, since the rate includes the bias correction
    return updateInPlace({
      name: 'ResourceApplyAdam',
      attributes: [
        attribute.floatType('T'),
        attribute.boolean('use_locking', false),
        attribute.boolean('use_nesterov', false),
      ],
      state: [weight, first, second],
      inputs: [none, none, rate, tf.scalar(beta1), tf.scalar(beta2), tf.scalar(EPSILON), gradient],
      reference: () => inOrdinaryOperations({ weight, first, second, gradient, rate, beta1, beta2 }),
    });
  },
};

function inOrdinaryOperations({
  weight,
  first,
  second,
  gradient,
  rate,
  beta1,
  beta2,
}: Options & {
  weight: Tensor;
  first: Tensor;
  second: Tensor;
  gradient: Tensor;
  rate: Scalar;
}): Tensor[] {
  const mix = (kept: Tensor, news: Tensor, share: number) =>
    tf.add(tf.mul(kept, share), tf.mul(news, 1 - share));
  const [m, v] = [mix(first, gradient, beta1), mix(second, tf.square(gradient), beta2)];
  return [tf.sub(weight, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), EPSILON))), m, v];
}
