/**
 * Minibatch discrimination: D sees how close each image is to the others of its batch, so that it notices
 * when G makes the same image again and again.
 */
import { z } from 'zod';
import {
  flatten,
  minibatchDiscrimination as compare,
  shaped,
  type Layer,
  type Network,
} from '../layers/index.ts';
import { changed, networksAs, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  kernels: z.number().int().min(1).max(500).default(100).meta({
    title: 'Kernels',
    description: 'Learned measures of how alike two pictures are. Each adds one feature to D.',
  }),
  dimensions: z.number().int().min(1).max(50).default(5).meta({
    title: 'Dimensions',
    description: 'Dimensions of the space in which each kernel compares pictures.',
  }),
});
type Options = z.infer<typeof optionsSchema>;

const NAME = 'minibatch-discrimination';

/** D with minibatch discrimination before its logit, if that comes from one dense layer; else D unchanged. */
function comparing(discriminator: Network, options: Options): Network {
  const layers = shaped(discriminator).flatMap(({ layer, inputs: [from], shapes: [shape] }): Layer[] => {
    if (layer.name !== discriminator.outputs['logit'] || layer.kind !== 'dense') return [layer];
    const flat = shape.length > 1 ? [flatten(`${NAME}-input`, {}, from)] : [];
    return [...flat, compare(NAME, options, flat[0]?.name ?? from), { ...layer, inputs: [NAME] }];
  });
  return { ...discriminator, layers };
}

/**
 * Before its logit, D appends o(x_i)_b = sum over the rest of the batch of exp(-|M_ib - M_jb|_1) to its
 * features. Salimans et al. 2016, section 3.2; the paper's sum includes the image itself, which adds 1 to
 * every o.
 *
 * D's output `features` stays the same: closeness to other images is no feature of an image, and feature
 * matching and the pulling-away term compare features of images.
 */
export const minibatchDiscrimination: Stabiliser<Options> = {
  kind: NAME,
  label: 'Minibatch discrimination',
  summary:
    'D compares the pictures of a batch and notices when G makes the same one again and again. Prevents mode collapse. Does not work with gradient penalties.',
  paper: {
    title: 'Salimans et al. 2016, Improved Techniques for Training GANs',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  explanation: {
    discriminator: 'D(xᵢ) = dense(f(xᵢ), o(xᵢ)),  o(xᵢ)_b = Σⱼ≠ᵢ exp(−‖M(xᵢ)_b − M(xⱼ)_b‖₁),  M = f·T',
    generator: 'the same for G(z)',
    pseudocode: [
      'f = features of D(batch)',
      'M = reshape(f @ T, [batch, kernels, dimensions])',
      'o[i] = sum over j != i of exp(-sum(abs(M[i] - M[j])))',
      'D(batch) = dense(concat(f, o))',
    ],
  },
  options: optionsSchema,
  refuses({ players }) {
    const all = networksAs('discriminator', players);
    if (all.every(({ layers }) => layers.some(({ name }) => name === NAME))) return undefined;
    return {
      message: 'The D of this GAN does not end in one dense layer, which minibatch discrimination needs.',
      remedy: 'Choose a GAN such as DCGAN, or packing, which shows D several pictures at once.',
    };
  },
  players: (players, options) =>
    changed(players, 'discriminator', (discriminator) => comparing(discriminator, options)),
};
