/** Spectral normalisation of D: each of its kernels is divided by its largest singular value, so that no layer can be steep. */
import { z } from 'zod';
import type { Stabiliser } from './stabiliser.ts';

const NORMALISED = ['dense', 'conv', 'transposed-conv'];

/** W / sigma(W) for every kernel of D. Miyato et al. 2018, equation 8 and algorithm 1. */
export const spectralNorm: Stabiliser = {
  kind: 'spectral-norm',
  label: 'Spectral normalisation',
  summary: "Bounds D's slope layer by layer, at little cost. The usual partner of the hinge loss, with no other normalisation in D.",
  paper: { title: 'Miyato et al. 2018, Spectral Normalization for Generative Adversarial Networks', url: 'https://arxiv.org/abs/1802.05957' },
  explanation: {
    discriminator: 'every kernel of D: W → W / σ(W)',
    generator: '',
    pseudocode: ['for W in kernels of D:', '    v = unit(W^T u); u = unit(W v)', '    sigma = u^T W v', '    D runs with W / sigma'],
  },
  options: z.object({}),
  networks: (networks) => ({
    ...networks,
    discriminator: {
      ...networks['discriminator']!,
      layers: networks['discriminator']!.layers.map((layer) => NORMALISED.includes(layer.kind) ? { ...layer, options: { ...layer.options, spectralNorm: true } } : layer),
    },
  }),
};
