/** Weight clipping, as in the first WGAN: after each of D's updates its weights are cut to a small range, which bounds its slope. */
import { z } from 'zod';
import { tf } from '../tensor.ts';
import type { Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  limit: z.number().positive().max(10).default(0.01).meta({ title: 'Limit', description: "D's weights stay between minus this and this." }),
});

/** w <- clip(w, -c, c) for every weight of D. Arjovsky, Chintala and Bottou 2017, algorithm 1, line 7. */
export const weightClipping: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'weight-clipping',
  label: 'Weight clipping',
  summary: "Cuts D's weights to a small range after each update. Simple, and slower to learn than a gradient penalty.",
  paper: { title: 'Arjovsky, Chintala and Bottou 2017, Wasserstein GAN', url: 'https://arxiv.org/abs/1701.07875' },
  explanation: {
    discriminator: 'after each update: w ← clip(w, −c, c)',
    generator: '',
    pseudocode: ['update D', 'for w in weights of D:', '    w = clip(w, -limit, limit)'],
  },
  options: optionsSchema,
  moved(network, weights, { limit }) {
    if (network !== 'discriminator') return weights;
    return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, tf.clipByValue(weight, -limit, limit)]));
  },
};
