/**
 * Instance noise: noise on every image that D sees, which fades over the first steps, so that real images and
 * fakes overlap from the start.
 */
import { z } from 'zod';
import { tf } from '../tensor.ts';
import { mapped, subjectsThrough, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  deviation: z.number().positive().max(2).default(0.1).meta({
    title: 'Standard deviation',
    description: 'Standard deviation of the noise at the first step. Pixels lie between −1 and 1.',
  }),
  steps: z
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .default(5000)
    .meta({ title: 'Steps', description: 'Steps until the noise has faded to zero.' }),
});

/**
 * D sees x + s n with n standard normal, where s falls linearly from `deviation` to 0. Sønderby et al. 2017,
 * section 3.
 */
export const instanceNoise: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'instance-noise',
  label: 'Instance noise',
  summary:
    'Adds noise to every picture that D sees, which fades over the first steps, so that D does not win early by small details.',
  paper: {
    title: 'Sønderby et al. 2017, Amortised MAP Inference for Image Super-resolution',
    url: 'https://arxiv.org/abs/1610.04490',
  },
  explanation: {
    discriminator: 'D(x) → D(x + σₜ·n),  n ~ N(0, 1),  σₜ = σ₀·max(0, 1 − t/T)',
    generator: 'the same for G(z)',
    pseudocode: [
      'sigma = deviation * max(0, 1 - step / steps)',
      'real = real + sigma * normal()',
      'fake = fake + sigma * normal()',
      'D and G are updated with these',
    ],
  },
  options: optionsSchema,
  turn: (phase, { deviation, steps }) =>
    subjectsThrough(phase, (subject, { random, step }) => {
      const now = tf.mul(deviation, tf.relu(tf.sub(1, tf.div(step, steps))));
      return mapped(subject, (part) => tf.add(part, tf.mul(now, random.normal(part.shape))));
    }),
};
