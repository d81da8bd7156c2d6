/**
 * The relativistic average loss: D judges whether an image is more real than the average of the other kind. G
 * has a gradient from real images too, which it wants to look less real.
 */
import { z } from 'zod';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import { asFake, asReal } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/**
 * Cross-entropy with the label real for `more` and fake for `less`, each logit minus the mean of the other
 * kind.
 */
function preferring(more: Tensor, less: Tensor): Scalar {
  return tf.add(asReal(tf.sub(more, tf.mean(less))), asFake(tf.sub(less, tf.mean(more))));
}

/**
 * With C the logit and P(a, b) = sigmoid(C(a) - mean C(b)): D minimises -mean log P(x, G(z)) - mean log(1 -
 * P(G(z), x)); G minimises the same with x and G(z) exchanged.
 *
 * Jolicoeur-Martineau 2018, section 4.3, RaSGAN.
 */
export const relativisticAverage: Loss = {
  kind: 'relativistic-average',
  label: 'Relativistic average',
  summary:
    'D judges whether a picture looks more real than the average of the other kind. G learns from real pictures too.',
  paper: {
    title:
      'Jolicoeur-Martineau 2018, The Relativistic Discriminator: a Key Element Missing from Standard GAN',
    url: 'https://arxiv.org/abs/1807.00734',
  },
  explanation: {
    discriminator: '−mean log σ(D(x) − mean D(G(z))) − mean log(1 − σ(D(G(z)) − mean D(x)))',
    generator: '−mean log σ(D(G(z)) − mean D(x)) − mean log(1 − σ(D(x) − mean D(G(z))))',
    pseudocode: [
      'real = D(x) - mean(D(G(z))); fake = D(G(z)) - mean(D(x))',
      'loss_D = -mean(log(sigmoid(real))) - mean(log(1 - sigmoid(fake)))',
      'update D',
      'real, fake = the same again',
      'loss_G = -mean(log(sigmoid(fake))) - mean(log(1 - sigmoid(real))); update G',
    ],
  },
  options: z.object({}),
  nodes: 1,
  meaning: 'logit',
  reading: () => ({ of: 'comparison' }),
  discriminator: ({ real, fake }) => preferring(real, fake),
  exchanged: 'comparison',
  generator: ({ real, fake }) => preferring(fake, real),
};
