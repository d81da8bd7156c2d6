/** The loss that GANs are trained with in practice: G raises log D(G(z)), whose gradient is strong exactly when D wins. */
import { z } from 'zod';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Loss } from './loss.ts';

/** Mean of -log sigmoid(verdict), from the logit: exact where sigmoid would round to 0. */
const asReal = (verdict: Tensor): Scalar => tf.mean(tf.softplus(tf.neg(verdict)));
/** Mean of -log(1 - sigmoid(verdict)). */
const asFake = (verdict: Tensor): Scalar => tf.mean(tf.softplus(verdict));

/**
 * D minimises -mean log D(x) - mean log(1 - D(G(z))); G minimises -mean log D(G(z)).
 *
 * Goodfellow et al. 2014, section 3.
 */
export const nonSaturating: Loss = {
  kind: 'non-saturating',
  label: 'Non-saturating',
  summary: 'Binary cross-entropy. G raises the probability that D takes its images for real.',
  paper: { title: 'Goodfellow et al. 2014, Generative Adversarial Networks', url: 'https://arxiv.org/abs/1406.2661' },
  options: z.object({}),
  discriminator: ({ real, fake }) => tf.add(asReal(real), asFake(fake)),
  generator: ({ fake }) => asReal(fake),
};
