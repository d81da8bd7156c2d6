/**
 * WGAN: DCGAN's networks, with a critic as D, whose weights are clipped and which takes several turns to one
 * of G.
 */
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import { dcgan } from './dcgan.ts';
import type { Gan } from './gan.ts';

/**
 * Arjovsky, Chintala and Bottou 2017, algorithm 1. The paper takes five turns of D to one of G, learning
 * rates of 5e-5 and a limit of 0.01, with which digits are still noise after 1,700 steps. Recommended here
 * are three turns, ten times the rates and twice the limit.
 */
export const wgan: Gan = {
  ...dcgan,
  kind: 'wgan',
  label: 'WGAN (weight clipping)',
  summary:
    'D gives scores, and minus its loss estimates how far fakes are from the data: the loss rises towards 0 as pictures get better. Learns slowly.',
  paper: {
    title: 'Arjovsky, Chintala and Bottou 2017, Wasserstein GAN',
    url: 'https://arxiv.org/abs/1701.07875',
  },
  explanation: {
    discriminator: 'mean D(G(z)) − mean D(x),  then w ← clip(w, −c, c)',
    generator: '−mean D(G(z))',
    pseudocode: [
      'several times:',
      '    loss_D = mean(D(G(z))) - mean(D(x)); update D',
      '    weights of D = clip(weights of D, -limit, limit)',
      'loss_G = -mean(D(G(z)))',
      'update G',
    ],
  },
  recommends: {
    ...dcgan.recommends,
    loss: { kind: 'wasserstein', options: {} },
    stabilisers: [{ kind: 'weight-clipping', options: { limit: 0.02 } }],
    turns: { kind: 'several', discriminator: 3 },
    optimizer: {
      kind: 'rmsprop',
      options: {},
      learningRate: { discriminator: 5e-4, generator: 5e-4 },
      ...PLAIN_OPTIMIZER,
    },
  },
};
