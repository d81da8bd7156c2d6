/**
 * The hinge loss: images that D already tells apart with a margin of 1 give it no gradient. G's gradient by
 * D's output is the same everywhere.
 */
import { z } from 'zod';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Loss } from './loss.ts';

/**
 * Mean of max(0, 1 - distance), where `distance` is that of a logit from 0 on its right side, or negative.
 */
const shortOfMargin = (distance: Tensor): Scalar => tf.mean(tf.relu(tf.sub(1, distance)));

/**
 * D minimises mean max(0, 1 - D(x)) + mean max(0, 1 + D(G(z))); G minimises -mean D(G(z)).
 *
 * Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17.
 */
export const hinge: Loss = {
  kind: 'hinge',
  label: 'Hinge',
  summary:
    'D learns only from pictures that it does not yet tell apart with a margin of 1. Usually combined with spectral normalisation.',
  paper: { title: 'Lim and Ye 2017, Geometric GAN', url: 'https://arxiv.org/abs/1705.02894' },
  explanation: {
    discriminator: 'mean max(0, 1 − D(x)) + mean max(0, 1 + D(G(z)))',
    generator: '−mean D(G(z))',
    pseudocode: [
      'real = D(x); fake = D(G(z))',
      'loss_D = mean(max(0, 1 - real)) + mean(max(0, 1 + fake))',
      'update D',
      'fake = D(G(z))',
      'loss_G = -mean(fake); update G',
    ],
  },
  options: z.object({}),
  nodes: 1,
  gradients: {
    discriminator: {
      real: { formula: '−1 / n where v < 1, else 0', at: (v, n) => (v < 1 ? -1 / n : 0) },
      fake: { formula: '1 / n where v > −1, else 0', at: (v, n) => (v > -1 ? 1 / n : 0) },
    },
    generator: { formula: '−1 / n', at: (_, n) => -1 / n },
  },
  meaning: 'score',
  reading: () => ({ of: 'number', real: 1, fake: -1 }),
  discriminator: ({ real, fake }) => tf.add(shortOfMargin(real), shortOfMargin(tf.neg(fake))),
  generator: ({ fake }) => tf.neg(tf.mean(fake)),
};
