/**
 * The loss of EBGAN: D's output is an energy, which D lowers for real images and raises for fakes up to a
 * margin. G lowers the energy of its fakes.
 */
import { z } from 'zod';
import { tf } from '../tensor.ts';
import type { Loss } from './loss.ts';

const optionsSchema = z.object({
  margin: z.number().positive().max(100).default(0.5).meta({
    title: 'Margin (m)',
    description: 'D raises the energy of fakes up to this value. Fakes above it give D no gradient.',
  }),
});
type Options = z.infer<typeof optionsSchema>;

/**
 * D minimises mean D(x) + mean max(0, m - D(G(z))); G minimises mean D(G(z)).
 *
 * Zhao, Mathieu and LeCun 2016, equations 1 and 2.
 */
export const margin: Loss<Options> = {
  kind: 'margin',
  label: 'Energy with a margin (EBGAN)',
  summary:
    'D’s output is an energy, which D keeps low for real pictures and raises for fakes up to a margin. G lowers the energy of its fakes. Needs a D that rebuilds pictures.',
  paper: {
    title: 'Zhao, Mathieu and LeCun 2016, Energy-based Generative Adversarial Network',
    url: 'https://arxiv.org/abs/1609.03126',
  },
  explanation: {
    discriminator: 'mean D(x) + mean max(0, m − D(G(z)))',
    generator: 'mean D(G(z))',
    pseudocode: [
      'real = D(x); fake = D(G(z))',
      'loss_D = mean(real) + mean(max(0, margin - fake))',
      'update D',
      'fake = D(G(z))',
      'loss_G = mean(fake); update G',
    ],
  },
  options: optionsSchema,
  nodes: 1,
  meaning: 'energy',
  reading: (options) => ({ of: 'number', real: 0, fake: options.margin }),
  gradients: {
    discriminator: {
      real: { formula: '1 / n', at: (_, n) => 1 / n },
      fake: {
        formula: '−1 / n where v < m, else 0',
        letters: (options) => ({ m: options.margin }),
        at: (v, n, options) => (v < options.margin ? -1 / n : 0),
      },
    },
    generator: { formula: '1 / n', at: (_, n) => 1 / n },
  },
  exchanged: (logit, options) => tf.sub(options.margin, logit),
  discriminator: ({ real, fake }, options) =>
    tf.add(tf.mean(real), tf.mean(tf.relu(tf.sub(options.margin, fake)))),
  generator: ({ fake }) => tf.mean(fake),
};
