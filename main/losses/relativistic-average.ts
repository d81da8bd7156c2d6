/** D tells whether an image is more real than the average of the other kind. G gains from real images too: it wants them to look less real. */
import { z } from 'zod';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import { asFake, asReal } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/** Cross-entropy that calls `more` the more real of the two kinds, each verdict against the other kind's mean. */
function preferring(more: Tensor, less: Tensor): Scalar {
  return tf.add(asReal(tf.sub(more, tf.mean(less))), asFake(tf.sub(less, tf.mean(more))));
}

/**
 * With C the verdict and P(a, b) = sigmoid(C(a) - mean C(b)): D minimises -mean log P(x, G(z)) - mean log(1 - P(G(z), x));
 * G minimises the same with x and G(z) exchanged.
 *
 * Jolicoeur-Martineau 2018, section 4.3, RaSGAN.
 */
export const relativisticAverage: Loss = {
  kind: 'relativistic-average',
  label: 'Relativistic average',
  summary: 'D judges whether an image is more real than the other kind on average, and G learns from real images as well.',
  paper: {
    title: 'Jolicoeur-Martineau 2018, The Relativistic Discriminator: a Key Element Missing from Standard GAN',
    url: 'https://arxiv.org/abs/1807.00734',
  },
  options: z.object({}),
  verdicts: 1,
  discriminator: ({ real, fake }) => preferring(real, fake),
  generator: ({ real, fake }) => preferring(fake, real),
};
