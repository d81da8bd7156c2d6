/**
 * The softmax loss: D outputs two nodes, one for real and one for fake. Their softmax is the sigmoid of their
 * difference, so the game is the same as with one logit, only with other weights.
 */
import { z } from 'zod';
import { splitInTwo, tf, type Tensor } from '../tensor.ts';
import { asFake, asReal, crossEntropy, LOGISTIC, sigmoid, WITH_LOGITS } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

const optionsSchema = z.object({
  saturating: z.boolean().default(false).meta({
    title: 'Saturating',
    description:
      'On: G lowers the probability of “fake”, as in the minimax loss. Off: G raises the probability of “real”.',
  }),
});
type Options = z.infer<typeof optionsSchema>;

/** The real node minus the fake one, log p(real) - log p(fake): [batch, 2] -> [batch, 1]. */
function logit(nodes: Tensor): Tensor {
  const [real, fake] = splitInTwo(nodes, 1);
  return tf.sub(real, fake);
}

/**
 * With p = softmax(logit) over the classes real and fake: D minimises -mean log p(real | x) - mean log
 * p(fake | G(z)); G minimises -mean log p(real | G(z)), or mean log p(fake | G(z)) when saturating.
 *
 * Goodfellow et al. 2014, equation 1, with D's probability as the softmax over K + 1 classes of Salimans et
 * al. 2016, section 5, for K = 1.
 */
export const twoNode: Loss<Options> = {
  kind: 'two-node',
  label: 'Softmax with two outputs',
  summary:
    'Cross-entropy with two classes, real and fake. D has one output for each, and softmax turns them into probabilities.',
  paper: {
    title: 'Salimans et al. 2016, Improved Techniques for Training GANs',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  explanation: {
    discriminator: '−mean log p(real | x) − mean log p(fake | G(z)),  p = softmax(D)',
    generator: '−mean log p(real | G(z)),  or mean log p(fake | G(z)) when saturating',
    pseudocode: [
      'real = softmax(D(x)); fake = softmax(D(G(z)))',
      'loss_D = -mean(log(real[0])) - mean(log(fake[1]))',
      'update D',
      'fake = softmax(D(G(z)))',
      'loss_G = -mean(log(fake[0])); update G',
    ],
  },
  ...WITH_LOGITS,
  options: optionsSchema,
  nodes: 2,
  gradients: {
    discriminator: { real: LOGISTIC.real, fake: LOGISTIC.fake },
    generator: {
      formula: '−(1 − σ(v)) / n, or −σ(v) / n when saturating',
      at: (v, n, { saturating }) => (saturating ? -sigmoid(v) / n : LOGISTIC.real.at(v, n)),
    },
  },
  discriminator: ({ real, fake }, _, labels) =>
    crossEntropy({ real: logit(real), fake: logit(fake) }, labels),
  generator: ({ fake }, { saturating }) => (saturating ? tf.neg(asFake(logit(fake))) : asReal(logit(fake))),
};
