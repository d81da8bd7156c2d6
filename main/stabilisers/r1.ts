/**
 * R1: a penalty on the gradient of D at real images. Once the fakes look real, D is flat there, and near this
 * equilibrium training comes to rest.
 */
import { z } from 'zod';
import { tf } from '../tensor.ts';
import { refusesPenalty, squaredGradients } from './image-gradients.ts';
import { adding, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  gamma: z.number().min(0).max(10_000).default(10).meta({
    title: 'Weight (γ)',
    description: 'Half of this, times the mean squared gradient norm, is added to the loss of D.',
  }),
});

/**
 * gamma / 2 * mean |grad D(x)|^2 over real images. Mescheder, Geiger and Nowozin 2018, equation 9; their
 * theorem 4.1 proves local convergence: near the equilibrium, with low enough learning rates.
 */
export const r1: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'r1',
  label: 'R1 penalty',
  summary:
    'Penalises the gradient of D at real pictures, which helps training to converge once it is near the equilibrium. Usually combined with the non-saturating loss; D must not use batch normalisation.',
  paper: {
    title: 'Mescheder, Geiger and Nowozin 2018, Which Training Methods for GANs do actually Converge?',
    url: 'https://arxiv.org/abs/1801.04406',
  },
  explanation: {
    discriminator: '+ γ/2 · mean ‖∇D(x)‖²',
    generator: '',
    pseudocode: ['g = gradient of D(real) by real', 'loss_D += gamma / 2 * mean(sum(g ** 2))'],
  },
  options: optionsSchema,
  refuses: refusesPenalty,
  turn: (phase, { gamma }) =>
    adding(phase, 'discriminator', (turn) =>
      tf.mul(gamma / 2, tf.mean(squaredGradients(turn, turn.reals()))),
    ),
};
