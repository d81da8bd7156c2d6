/**
 * The Wasserstein loss: D is a critic that scores images. As long as D's gradient is bounded, minus D's loss
 * estimates the distance between real and fake images, up to a factor.
 */
import { z } from 'zod';
import { tf } from '../tensor.ts';
import type { Loss } from './loss.ts';

/**
 * D minimises mean D(G(z)) - mean D(x); G minimises -mean D(G(z)).
 *
 * Arjovsky, Chintala and Bottou 2017, equation 2 and algorithm 1, without the clipping of D's weights.
 */
export const wasserstein: Loss = {
  kind: 'wasserstein',
  label: 'Wasserstein (WGAN)',
  summary:
    'D gives scores, and G raises the score of its pictures. The loss of D rises towards 0 as pictures get better. Needs a gradient penalty or weight clipping.',
  paper: {
    title: 'Arjovsky, Chintala and Bottou 2017, Wasserstein GAN',
    url: 'https://arxiv.org/abs/1701.07875',
  },
  explanation: {
    discriminator: 'mean D(G(z)) − mean D(x)',
    generator: '−mean D(G(z))',
    pseudocode: [
      'real = D(x); fake = D(G(z))',
      'loss_D = mean(fake) - mean(real)',
      'update D, and keep its gradient bounded',
      'fake = D(G(z))',
      'loss_G = -mean(fake); update G',
    ],
  },
  options: z.object({}),
  nodes: 1,
  gradients: {
    discriminator: {
      real: { formula: '−1 / n', at: (_, n) => -1 / n },
      fake: { formula: '1 / n', at: (_, n) => 1 / n },
    },
    generator: { formula: '−1 / n', at: (_, n) => -1 / n },
  },
  meaning: 'score',
  reading: () => ({ of: 'comparison' }),
  discriminator: ({ real, fake }) => tf.sub(tf.mean(fake), tf.mean(real)),
  generator: ({ fake }) => tf.neg(tf.mean(fake)),
};
