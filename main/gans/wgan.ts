/** WGAN: DCGAN's networks, D a critic with clipped weights that takes several turns to one of G. */
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import { dcgan } from './dcgan.ts';
import type { Gan } from './gan.ts';

/** Arjovsky, Chintala and Bottou 2017, algorithm 1. */
export const wgan: Gan = {
  ...dcgan,
  kind: 'wgan',
  label: 'WGAN (weight clipping)',
  summary: "D scores images, and its loss tells how far fakes are from the data: the lower it stands, the better the images. Slow.",
  paper: { title: 'Arjovsky, Chintala and Bottou 2017, Wasserstein GAN', url: 'https://arxiv.org/abs/1701.07875' },
  explanation: {
    discriminator: 'mean D(G(z)) − mean D(x),  then w ← clip(w, −0.01, 0.01)',
    generator: '−mean D(G(z))',
    pseudocode: [
      'five times:',
      '    loss_D = mean(D(G(z))) - mean(D(x)); update D',
      '    weights of D = clip(weights of D, -0.01, 0.01)',
      'loss_G = -mean(D(G(z)))',
      'update G',
    ],
  },
  recommends: {
    ...dcgan.recommends,
    loss: { kind: 'wasserstein', options: {} },
    stabilisers: [{ kind: 'weight-clipping', options: { limit: 0.01 } }],
    turns: { kind: 'several', discriminator: 5 },
    optimizer: { kind: 'rmsprop', options: {}, learningRate: { discriminator: 5e-5, generator: 5e-5 }, ...PLAIN_OPTIMIZER },
  },
};
