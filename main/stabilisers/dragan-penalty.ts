/** The penalty of DRAGAN: D's slope is drawn to 1 close to real images, wherever the fakes are. */
import { z } from 'zod';
import { tf, type Tensor } from '../tensor.ts';
import { refusesMixing, unitSlopePenalty } from './slopes.ts';
import { adding, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  weight: z
    .number()
    .min(0)
    .max(1000)
    .default(10)
    .meta({ title: 'Weight', description: 'How much a slope other than 1 costs D.' }),
  spread: z
    .number()
    .positive()
    .max(10)
    .default(0.5)
    .meta({ title: 'Spread', description: 'How far from real images, in standard deviations of the batch.' }),
});

/** Of all numbers of a batch. */
function deviation(batch: Tensor): Tensor {
  return tf.sqrt(tf.mean(tf.square(tf.sub(batch, tf.mean(batch)))));
}

/**
 * weight * mean (|grad D(x + d)| - 1)^2 at real images x, with d = spread * std(x) * u, u uniform in [0, 1)
 * for every number.
 *
 * Kodali et al. 2017, the penalty of DRAGAN; the noise is that of the authors' code.
 */
export const draganPenalty: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'dragan-penalty',
  label: 'DRAGAN penalty',
  summary:
    "Holds D's slope near 1 around real images, against collapse. With any loss; D must not use batch normalisation.",
  paper: {
    title: 'Kodali et al. 2017, On Convergence and Stability of GANs',
    url: 'https://arxiv.org/abs/1705.07215',
  },
  explanation: {
    discriminator: '+ λ · mean (‖∇D(x + δ)‖ − 1)²,  δ = ½ · std(x) · u,  u ~ U(0, 1)',
    generator: '',
    pseudocode: [
      'near = real + spread * std(real) * uniform(0, 1)',
      'slope = norm(gradient of D(near) by near)',
      'loss_D += weight * mean((slope - 1) ** 2)',
    ],
  },
  options: optionsSchema,
  refuses: refusesMixing,
  turn: (phase, { weight, spread }) =>
    adding(phase, 'discriminator', (turn) => {
      const noise = tf.mul(tf.mul(spread, deviation(turn.real)), turn.random.uniform(turn.real.shape));
      return tf.mul(weight, unitSlopePenalty(turn, tf.add(turn.real, noise)));
    }),
};
