/** LSGAN: DCGAN's networks, with squared distances in place of cross-entropy. */
import { dcgan } from './dcgan.ts';
import type { Gan } from './gan.ts';

/** Mao et al. 2017, equation 9: labels 0 and 1. */
export const lsgan: Gan = {
  ...dcgan,
  kind: 'lsgan',
  label: 'LSGAN',
  summary:
    'DCGAN with the least-squares loss. G still gets a useful gradient from fakes that D rejects with certainty.',
  paper: {
    title: 'Mao et al. 2017, Least Squares Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1611.04076',
  },
  explanation: {
    discriminator: '½ mean (D(x) − 1)² + ½ mean D(G(z))²',
    generator: '½ mean (D(G(z)) − 1)²',
    pseudocode: [
      'real = D(x); fake = D(G(z))',
      'loss_D = mean((real - 1) ** 2) / 2 + mean(fake ** 2) / 2',
      'update D',
      'fake = D(G(z))',
      'loss_G = mean((fake - 1) ** 2) / 2; update G',
    ],
  },
  recommends: { ...dcgan.recommends, loss: { kind: 'least-squares', options: {} } },
};
