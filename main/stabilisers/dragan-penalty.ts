/**
 * The penalty of DRAGAN pulls the length of D's gradient towards 1 near real images, wherever the fakes are.
 */
import { z } from 'zod';
import { tensorOf, tf, type Tensor } from '../tensor.ts';
import { oneEach, refusesPenalty, unitGradientPenalty, unitGradientWeight } from './image-gradients.ts';
import { adding, mapped, scaled, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  weight: unitGradientWeight,
  spread: z.number().positive().max(10).default(0.5).meta({
    title: 'Spread',
    description: 'How far from real pictures the gradient is taken, in standard deviations of the batch.',
  }),
  interpolated: z.boolean().default(true).meta({
    title: 'Interpolate',
    description:
      'On: the gradient is taken at a random point between a real picture and its noisy copy, as in the authors’ code. Off: at the noisy copy.',
  }),
});

/** The standard deviation of all numbers of a batch. */
function deviation(batch: Tensor): Tensor {
  return tf.sqrt(tf.mean(tf.square(tf.sub(batch, tf.mean(batch)))));
}

/**
 * weight * mean (|grad D(x + a d)| - 1)^2 at real images x, with d = spread * std(x) * u, u uniform in [0, 1)
 * for every number and a uniform in [0, 1) for every image; without `interpolated`, a is 1.
 *
 * Kodali et al. 2017, the penalty of DRAGAN; noise and interpolation are those of the authors' code.
 */
export const draganPenalty: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'dragan-penalty',
  label: 'DRAGAN penalty',
  summary:
    'Keeps the gradient norm of D close to 1 near real pictures, which prevents collapse. Works with every loss; D must not use batch normalisation.',
  paper: {
    title: 'Kodali et al. 2017, On Convergence and Stability of GANs',
    url: 'https://arxiv.org/abs/1705.07215',
  },
  explanation: {
    discriminator:
      '+ λ · mean (‖∇D(x + α·δ)‖ − 1)²,  δ = ½ · std(x) · u,  u, α ~ U(0, 1), one α for each picture',
    generator: '',
    pseudocode: [
      'noise = spread * std(real) * uniform(0, 1), one for every number',
      'near = real + uniform(0, 1) * noise, one for every picture',
      'g = gradient of D(near) by near',
      'loss_D += weight * mean((norm(g) - 1) ** 2)',
    ],
  },
  options: optionsSchema,
  refuses: refusesPenalty,
  turn: (phase, { weight, spread, interpolated }) =>
    adding(phase, 'discriminator', (turn) => {
      const real = turn.reals();
      const noise = mapped(real, (part) =>
        tf.mul(tf.mul(spread, deviation(part)), turn.random.uniform(part.shape)),
      );
      const share = interpolated ? turn.random.uniform(oneEach(real)) : undefined;
      const near = mapped(real, (part, name) => {
        const own = tensorOf(noise, name);
        return tf.add(part, share ? scaled(own, share) : own);
      });
      return tf.mul(weight, unitGradientPenalty(turn, near));
    }),
};
