/**
 * SNGAN: hinge loss, and a D whose kernels have bounded singular values. Its networks are DCGAN's, or made of
 * residual blocks.
 */
import { z } from 'zod';
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import { dcgan, dcganOptions } from './dcgan.ts';
import { defineGan } from './gan.ts';
import { normalisationSchema } from './normalisation.ts';
import { pair } from './one-against-one.ts';
import { residualDiscriminator, residualGenerator } from './residual.ts';

const optionsSchema = dcganOptions.extend({
  normalisation: normalisationSchema.default('none'),
  blocks: z
    .enum(['plain', 'residual'])
    .default('plain')
    .meta({
      title: 'Blocks',
      description:
        'Residual blocks have skip connections. At the same width they are about ten times slower, and they set normalisation and upsampling themselves.',
      choices: {
        plain: { label: 'Plain, as in DCGAN' },
        residual: { label: 'Residual' },
      },
    }),
});

/** Miyato et al. 2018, section 4 and appendix B. */
export const sngan = defineGan<z.infer<typeof optionsSchema>>({
  ...dcgan,
  kind: 'sngan',
  label: 'SNGAN (spectral normalisation)',
  summary:
    'Limits the largest singular value of every kernel of D, which limits the gradient of D at little cost. Stays stable at high learning rates.',
  paper: {
    title: 'Miyato et al. 2018, Spectral Normalization for Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1802.05957',
  },
  explanation: {
    discriminator:
      'mean max(0, 1 − D(x)) + mean max(0, 1 + D(G(z))),  every kernel of D, reshaped to a matrix W: W → W / σ(W)',
    generator: '−mean D(G(z))',
    pseudocode: [
      'W = W / largest singular value of W, for every kernel of D, reshaped to a matrix',
      'loss_D = mean(max(0, 1 - D(x))) + mean(max(0, 1 + D(G(z))))',
      'update D',
      'loss_G = -mean(D(G(z)))',
      'update G',
    ],
  },
  options: optionsSchema,
  recommends: {
    ...dcgan.recommends,
    loss: { kind: 'hinge', options: {} },
    stabilisers: [{ kind: 'spectral-norm', options: {} }],
    optimizer: {
      kind: 'adam',
      options: { beta1: 0, beta2: 0.9 },
      learningRate: { discriminator: 1e-3, generator: 1e-3 },
      ...PLAIN_OPTIMIZER,
    },
  },
  players(given) {
    const { blocks, width } = given.options;
    if (blocks === 'plain') return dcgan.players(given);
    const {
      image,
      z: { size: zSize },
      nodes,
    } = given;
    return pair({
      generator: residualGenerator({ width, image, zSize }),
      discriminator: residualDiscriminator({ width, image, nodes }),
    });
  },
});
