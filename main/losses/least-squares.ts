/**
 * The least-squares loss: D's output should be near a label. A fake far beyond the label of real images is
 * pulled back too, so the gradient never vanishes.
 */
import { z } from 'zod';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Loss } from './loss.ts';

const label = z.number().min(-100).max(100);

const optionsSchema = z.object({
  fake: label
    .default(0)
    .meta({ title: 'Label of fakes (a)', description: 'What D’s output should be for generated pictures.' }),
  real: label.default(1).meta({
    title: 'Label of real pictures (b)',
    description: 'What D’s output should be for pictures of the data set.',
  }),
  target: label.default(1).meta({
    title: 'Target of G (c)',
    description: 'What G wants D’s output to be for its pictures: usually b, or the mean of a and b.',
  }),
});
type Options = z.infer<typeof optionsSchema>;

/** Half the mean of (logit - wanted)^2. */
const distance = (logit: Tensor, wanted: number): Scalar =>
  tf.mul(0.5, tf.mean(tf.square(tf.sub(logit, wanted))));

/**
 * D minimises mean (D(x) - b)^2 / 2 + mean (D(G(z)) - a)^2 / 2; G minimises mean (D(G(z)) - c)^2 / 2.
 *
 * Mao et al. 2017, equation 2; the labels 0, 1, 1 are those of equation 9.
 */
export const leastSquares: Loss<Options> = {
  kind: 'least-squares',
  label: 'Least squares (LSGAN)',
  summary:
    'The squared distance between the output of D and a label. G also learns from fakes that D is sure about.',
  paper: {
    title: 'Mao et al. 2017, Least Squares Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1611.04076',
  },
  explanation: {
    discriminator: '½ mean (D(x) − b)² + ½ mean (D(G(z)) − a)²',
    generator: '½ mean (D(G(z)) − c)²',
    pseudocode: [
      'real = D(x); fake = D(G(z))',
      'loss_D = mean((real - b) ** 2) / 2 + mean((fake - a) ** 2) / 2',
      'update D',
      'fake = D(G(z))',
      'loss_G = mean((fake - c) ** 2) / 2; update G',
    ],
  },
  options: optionsSchema,
  nodes: 1,
  meaning: 'score',
  reading: ({ fake, real }) => ({ of: 'number', real, fake }),
  takesLabels: true,
  gradients: {
    discriminator: {
      real: {
        formula: '(v − b) / n',
        letters: ({ real }) => ({ b: real }),
        at: (v, n, { real }) => (v - real) / n,
      },
      fake: {
        formula: '(v − a) / n',
        letters: ({ fake }) => ({ a: fake }),
        at: (v, n, { fake }) => (v - fake) / n,
      },
    },
    generator: {
      formula: '(v − c) / n',
      letters: ({ target }) => ({ c: target }),
      at: (v, n, { target }) => (v - target) / n,
    },
  },
  discriminator(logits, { real, fake }, labels) {
    const target = (label: number) => fake + label * (real - fake);
    return tf.add(distance(logits.real, target(labels.real)), distance(logits.fake, target(labels.fake)));
  },
  exchanged: (logit, { real, fake }) => tf.sub(real + fake, logit),
  generator: (logits, { target }) => distance(logits.fake, target),
};
