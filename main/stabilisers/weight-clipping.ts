/**
 * Weight clipping, as in the first WGAN: after each update, D's weights are clipped to a small range, which
 * bounds its gradient.
 */
import type { Refusal, Settled } from '../game/index.ts';
import { z } from 'zod';
import { tf } from '../tensor.ts';
import type { Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  limit: z
    .number()
    .positive()
    .max(10)
    .default(0.01)
    .meta({ title: 'Limit', description: 'The weights of D stay between minus this value and this value.' }),
});

/** Why stabilisers that bound D's gradient in another way do not go with clipped weights, by kind. */
const DEFEATED: Record<string, string> = {
  'gradient-penalty':
    'The gradient penalty pulls the gradient norm of D towards 1, and clipped weights keep it far below. It replaces clipping.',
  'dragan-penalty':
    'The DRAGAN penalty pulls the gradient norm of D towards 1, and clipped weights keep it far below.',
  'spectral-norm':
    'Spectral normalisation divides each kernel by its largest singular value, which undoes what clipping does to its size.',
};

function refuses({ config: { stabilisers } }: Settled): Refusal | undefined {
  const message = stabilisers.map(({ kind }) => DEFEATED[kind]).find((found) => found !== undefined);
  return message === undefined
    ? undefined
    : { message, remedy: 'Keep one of the two; weight clipping is the older and slower one.' };
}

/** w <- clip(w, -c, c) for every weight of D. Arjovsky, Chintala and Bottou 2017, algorithm 1, line 7. */
export const weightClipping: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'weight-clipping',
  label: 'Weight clipping',
  summary:
    'Limits the weights of D to a small range after each update. Simple, but D learns more slowly than with a gradient penalty.',
  paper: {
    title: 'Arjovsky, Chintala and Bottou 2017, Wasserstein GAN',
    url: 'https://arxiv.org/abs/1701.07875',
  },
  explanation: {
    discriminator: 'after each update: w ← clip(w, −c, c)',
    generator: '',
    pseudocode: ['update D', 'for w in weights of D:', '    w = clip(w, -limit, limit)'],
  },
  options: optionsSchema,
  refuses,
  moved(role, weights, { limit }) {
    if (role !== 'discriminator') return weights;
    return Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [name, tf.clipByValue(weight, -limit, limit)]),
    );
  },
};
