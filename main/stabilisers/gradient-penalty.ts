/**
 * The gradient penalty of WGAN-GP pulls the length of D's gradient towards 1 on the lines between real images
 * and fakes, which bounds it.
 */
import { z } from 'zod';
import { tensorOf, tf } from '../tensor.ts';
import { oneEach, refusesPenalty, unitGradientPenalty, unitGradientWeight } from './image-gradients.ts';
import { adding, mapped, scaled, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  weight: unitGradientWeight,
});

/**
 * weight * mean (|grad D(x')| - 1)^2 with x' = e x + (1 - e) G(z), e uniform in [0, 1] for each pair.
 *
 * Gulrajani et al. 2017, equation 3 and algorithm 1.
 */
export const gradientPenalty: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'gradient-penalty',
  label: 'Gradient penalty',
  summary:
    'Keeps the gradient norm of D close to 1 between real pictures and fakes. Usually combined with the Wasserstein loss; D must not use batch normalisation.',
  paper: {
    title: 'Gulrajani et al. 2017, Improved Training of Wasserstein GANs',
    url: 'https://arxiv.org/abs/1704.00028',
  },
  explanation: {
    discriminator: '+ λ · mean (‖∇D(x̂)‖ − 1)²,  x̂ = ε·x + (1 − ε)·G(z)',
    generator: '',
    pseudocode: [
      'e = uniform(0, 1), one for each pair',
      'between = e * real + (1 - e) * fake',
      'g = gradient of D(between) by between',
      'loss_D += weight * mean((norm(g) - 1) ** 2)',
    ],
  },
  options: optionsSchema,
  refuses: refusesPenalty,
  turn: (phase, { weight }) =>
    adding(phase, 'discriminator', (turn) => {
      const [real, fake] = [turn.reals(), turn.fakes()];
      const share = turn.random.uniform(oneEach(real));
      const between = mapped(real, (part, name) =>
        tf.add(scaled(part, share), scaled(tensorOf(fake, name), tf.sub(1, share))),
      );
      return tf.mul(weight, unitGradientPenalty(turn, between));
    }),
};
