/**
 * Virtual batch normalisation: G's batch norms use the statistics of a fixed reference batch, so that an
 * image does not depend on the others of its batch.
 */
import { z } from 'zod';
import { referenceBatch, virtualBatchNorm as norm, withoutReference, type Network } from '../layers/index.ts';
import { changed, networksAs, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  rows: z.number().int().min(2).max(256).default(32).meta({
    title: 'Reference points',
    description:
      'Latent points of the reference batch, drawn once. G runs on them with every batch, so more of them take more time.',
  }),
});

const REFERENCE = 'reference';

/**
 * G with the reference batch put in front of its input and removed from its outputs, and every batch norm
 * replaced by a virtual one. A G with several inputs or without batch norm is returned unchanged.
 */
function referring(generator: Network, rows: number): Network {
  const [input, ...others] = Object.keys(generator.inputs);
  if (input === undefined || others.length > 0 || !generator.layers.some(({ kind }) => kind === 'batch-norm'))
    return generator;
  const renamed = (name: string) => (name === input ? REFERENCE : name);
  const layers = generator.layers.map((layer) => {
    const from = layer.inputs.map(renamed);
    return layer.kind === 'batch-norm' ? norm(layer.name, { rows }, ...from) : { ...layer, inputs: from };
  });
  const outputs = Object.entries(generator.outputs).map(([output, from]) => ({
    output,
    layer: withoutReference(`${output}-alone`, { rows }, from),
  }));
  return {
    ...generator,
    layers: [referenceBatch(REFERENCE, { rows }, input), ...layers, ...outputs.map(({ layer }) => layer)],
    outputs: Object.fromEntries(outputs.map(({ output, layer }) => [output, layer.name])),
  };
}

/**
 * Batch norms of G with the statistics of a reference batch and of the example itself. Salimans et al. 2016,
 * section 3.6.
 */
export const virtualBatchNorm: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'virtual-batch-norm',
  label: 'Virtual batch normalisation',
  summary:
    'Replaces the batch normalisation of G, so that no picture depends on the others of its batch. Slower, also when sampling. Every format but Keras can hold such a model.',
  paper: {
    title: 'Salimans et al. 2016, Improved Techniques for Training GANs',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  explanation: {
    discriminator: '',
    generator: 'batch norm with μ, σ² of (reference batch, x),  x weighing 1 / (n + 1)',
    pseudocode: [
      'before training: reference = n points z, kept',
      'G runs on reference and z together',
      'in each norm: mean, variance of the reference with x as one more',
      'x = scale * (x - mean) / sqrt(variance + 1e-5) + offset',
    ],
  },
  options: optionsSchema,
  refuses({ players }) {
    const generators = networksAs('generator', players);
    if (generators.every(({ layers }) => layers.some(({ name }) => name === REFERENCE))) return undefined;
    if (generators.some(({ inputs }) => Object.keys(inputs).length > 1)) {
      return {
        message: 'G takes more than a latent point, and the reference batch has only latent points.',
        remedy: 'Switch it off, or choose a GAN without classes.',
      };
    }
    return {
      message: 'G has no batch normalisation that it could replace.',
      remedy: 'Switch it off, or choose a GAN with batch normalisation in G, such as DCGAN.',
    };
  },
  players: (players, { rows }) => changed(players, 'generator', (generator) => referring(generator, rows)),
};
