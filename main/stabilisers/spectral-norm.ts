/**
 * Spectral normalisation of D scales each of its kernels, reshaped to a matrix, to a given largest singular
 * value, which bounds the gradient of every layer.
 */
import { z } from 'zod';
import { changed, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  scale: z.number().min(0.1).max(10).default(1).meta({
    title: 'Largest singular value (c)',
    description:
      'The largest singular value that every kernel is scaled to. 1 in the paper. Points of the plane need about 2, and a deep D that hardly reacts needs a little more than 1.',
  }),
});

const NORMALISED = ['dense', 'conv', 'transposed-conv', 'upsample-conv'];

/**
 * c W / sigma(W) for every kernel of D, reshaped to [height * width * channels, filters]. This bounds the
 * gradient of a dense layer by c. The norm of a convolution may be larger, because its windows overlap: up to
 * ceil(kernel / stride) times c. Miyato et al. 2018, equation 8 and algorithm 1; c as in Lin, Sekar and Fanti
 * 2021 (arXiv 2009.02773), section 5.
 */
export const spectralNorm: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'spectral-norm',
  label: 'Spectral normalisation',
  summary:
    'Scales every kernel of D to the same largest singular value, which limits the gradient of D at little cost. Usually combined with the hinge loss, without another normalisation in D.',
  paper: {
    title: 'Miyato et al. 2018, Spectral Normalization for Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1802.05957',
  },
  explanation: {
    discriminator: 'every kernel of D, reshaped to a matrix W: W → c · W / σ(W)',
    generator: '',
    pseudocode: [
      'for W in kernels of D, each reshaped to a matrix:',
      '    v = unit(W^T u); u = unit(W v)',
      '    sigma = u^T W v',
      '    D runs with c * W / sigma',
    ],
  },
  options: optionsSchema,
  players: (players, { scale }) =>
    changed(players, 'discriminator', (discriminator) => ({
      ...discriminator,
      layers: discriminator.layers.map((layer) =>
        NORMALISED.includes(layer.kind)
          ? { ...layer, options: { ...layer.options, spectralNorm: scale } }
          : layer,
      ),
    })),
};
