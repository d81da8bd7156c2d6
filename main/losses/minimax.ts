/**
 * The minimax loss of the first GAN. G's gradient vanishes when D is certain that its images are fake, which
 * is when G needs it most.
 */
import { z } from 'zod';
import { tf } from '../tensor.ts';
import { asFake, crossEntropy, LOGISTIC, sigmoid, WITH_LOGITS } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/**
 * D minimises -mean log D(x) - mean log(1 - D(G(z))); G minimises mean log(1 - D(G(z))), whose gradient is
 * -D(G(z)) / batch.
 *
 * Goodfellow et al. 2014, equation 1 and algorithm 1.
 */
export const minimax: Loss = {
  kind: 'minimax',
  label: 'Minimax (saturating)',
  summary:
    'The loss of the first GAN. G lowers the probability that D calls its pictures fake, and stops learning once D is certain.',
  paper: {
    title: 'Goodfellow et al. 2014, Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1406.2661',
  },
  explanation: {
    discriminator: '−mean log D(x) − mean log(1 − D(G(z)))',
    generator: 'mean log(1 − D(G(z)))',
    pseudocode: [
      'real = sigmoid(D(x)); fake = sigmoid(D(G(z)))',
      'loss_D = -mean(log(real)) - mean(log(1 - fake))',
      'update D',
      'fake = sigmoid(D(G(z)))',
      'loss_G = mean(log(1 - fake)); update G',
    ],
  },
  ...WITH_LOGITS,
  options: z.object({}),
  nodes: 1,
  gradients: {
    discriminator: { real: LOGISTIC.real, fake: LOGISTIC.fake },
    generator: { formula: '−σ(v) / n', at: (v, n) => -sigmoid(v) / n },
  },
  discriminator: (logits, _, labels) => crossEntropy(logits, labels),
  generator: ({ fake }) => tf.neg(asFake(fake)),
};
