/**
 * WGAN-GP: DCGAN's networks, with a critic as D and a penalty that pulls the length of its gradient towards
 * 1. The penalty takes the gradient of each image by itself, so D has layer norm by default, not batch norm.
 */
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import { dcgan, dcganOptions } from './dcgan.ts';
import type { Gan } from './gan.ts';
import { normalisationSchema } from './normalisation.ts';

/** Gulrajani et al. 2017, algorithm 1. */
export const wganGp: Gan = {
  ...dcgan,
  kind: 'wgan-gp',
  label: 'WGAN-GP (gradient penalty)',
  summary:
    'WGAN with a gradient penalty instead of weight clipping. Stable, and seldom loses variety. A step takes longer.',
  paper: {
    title: 'Gulrajani et al. 2017, Improved Training of Wasserstein GANs',
    url: 'https://arxiv.org/abs/1704.00028',
  },
  explanation: {
    discriminator: 'mean D(G(z)) − mean D(x) + 10 · mean (‖∇D(x̂)‖ − 1)²,  x̂ = ε·x + (1 − ε)·G(z)',
    generator: '−mean D(G(z))',
    pseudocode: [
      'five times: between = e * x + (1 - e) * G(z), e = uniform(0, 1)',
      '    g = gradient of D(between) by between',
      '    loss_D = mean(D(G(z))) - mean(D(x)) + 10 * mean((norm(g) - 1) ** 2); update D',
      'loss_G = -mean(D(G(z)))',
      'update G',
    ],
  },
  options: dcganOptions.extend({ normalisation: normalisationSchema.default('layer') }),
  recommends: {
    ...dcgan.recommends,
    loss: { kind: 'wasserstein', options: {} },
    stabilisers: [{ kind: 'gradient-penalty', options: { weight: 10 } }],
    turns: { kind: 'several', discriminator: 5 },
    optimizer: {
      kind: 'adam',
      options: { beta1: 0.5, beta2: 0.9 },
      learningRate: { discriminator: 5e-4, generator: 1e-3 },
      ...PLAIN_OPTIMIZER,
    },
  },
};
