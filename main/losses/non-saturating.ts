/**
 * The non-saturating loss, the usual one in practice: G raises log D(G(z)), whose gradient is strong when D
 * is certain that G's images are fake.
 */
import { z } from 'zod';
import { asReal, crossEntropy, LOGISTIC, WITH_LOGITS } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/**
 * D minimises -mean log D(x) - mean log(1 - D(G(z))); G minimises -mean log D(G(z)); D(x) = sigmoid(logit).
 *
 * Goodfellow et al. 2014, equation 1 for D and the end of section 3 for G.
 */
export const nonSaturating: Loss = {
  kind: 'non-saturating',
  label: 'Non-saturating',
  summary:
    'Binary cross-entropy, also called the logistic loss. G raises the probability that D calls its pictures real.',
  paper: {
    title: 'Goodfellow et al. 2014, Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1406.2661',
  },
  explanation: {
    discriminator: '−mean log D(x) − mean log(1 − D(G(z)))',
    generator: '−mean log D(G(z))',
    pseudocode: [
      'real = sigmoid(D(x)); fake = sigmoid(D(G(z)))',
      'loss_D = -mean(log(real)) - mean(log(1 - fake))',
      'update D',
      'fake = sigmoid(D(G(z)))',
      'loss_G = -mean(log(fake)); update G',
    ],
  },
  ...WITH_LOGITS,
  options: z.object({}),
  nodes: 1,
  gradients: {
    discriminator: { real: LOGISTIC.real, fake: LOGISTIC.fake },
    generator: LOGISTIC.real,
  },
  discriminator: (logits, _, labels) => crossEntropy(logits, labels),
  generator: ({ fake }) => asReal(fake),
};
