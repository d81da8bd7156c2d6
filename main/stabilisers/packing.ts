/**
 * Packing (PacGAN): D judges several images at once, all real or all fake, so that it notices a lack of
 * variety.
 */
import type { Fix } from '../contract/index.ts';
import { z } from 'zod';
import { tf, type Shape, type Tensor } from '../tensor.ts';
import { changed, mapped, subjectsThrough, type Stabiliser } from './stabiliser.ts';

const useBatch = (batch: number): Fix => ({
  label: `Use a batch of ${batch}`,
  change: { kind: 'set', path: 'batch', value: batch },
});

const optionsSchema = z.object({
  images: z.number().int().min(2).max(8).default(2).meta({
    title: 'Pictures per pack',
    description: 'Pictures that D judges together. The batch must be a multiple of it.',
  }),
});

/**
 * Joins every `images` neighbours of the batch along their last axis: [batch, s, s, c] ->
 * [batch / images, s, s, images * c].
 */
function packed(batch: Tensor, images: number): Tensor {
  const [count, ...shape] = batch.shape as [number, ...number[]];
  const grouped = tf.reshape(batch, [count / images, images, ...shape]);
  const inner = shape.slice(0, -1).map((_, axis) => axis + 2);
  return tf.reshape(tf.transpose(grouped, [0, ...inner, 1, shape.length + 1]), [
    count / images,
    ...joined(shape, images),
  ]);
}

/** [height, width, channels] -> [height, width, images * channels] */
function joined(shape: Shape, images: number): Shape {
  return shape.map((size, axis) => (axis === shape.length - 1 ? size * images : size));
}

/** D takes m images instead of one. Lin et al. 2018, section 3.1. */
export const packing: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'packing',
  label: 'Packing (PacGAN)',
  summary:
    'D judges two or more pictures at once and notices when G makes the same one again and again, so G makes more varied pictures.',
  paper: {
    title: 'Lin et al. 2018, PacGAN: The power of two samples in generative adversarial networks',
    url: 'https://arxiv.org/abs/1712.04086',
  },
  explanation: {
    discriminator: 'D(x) → D(x₁, …, xₘ)',
    generator: 'D(G(z)) → D(G(z₁), …, G(zₘ))',
    pseudocode: [
      'real = join m real pictures by their channels',
      'fake = join m fakes by their channels',
      'D gives one output for each joined picture',
      'losses as before',
    ],
  },
  options: optionsSchema,
  refuses({ config }, { images }) {
    if (config.classes.length > 0)
      return {
        message: 'A GAN with classes judges each picture by its own class, and cannot judge several at once.',
        remedy: 'Switch packing off, or choose a GAN without classes.',
      };
    if (config.batch % images !== 0)
      return {
        message: `A batch of ${config.batch} cannot be packed by ${images}.`,
        remedy: `Choose a batch that is a multiple of ${images}.`,
        fix: useBatch(Math.max(2, Math.floor(config.batch / images)) * images),
      };
    if (config.batch === images)
      return {
        message: `Packed by ${images}, a batch of ${config.batch} gives D a single output, which it cannot compare with others.`,
        remedy: `Choose a batch of ${2 * images} or more.`,
        fix: useBatch(2 * images),
      };
    return undefined;
  },
  players: (players, { images }) =>
    changed(players, 'discriminator', (discriminator) => ({
      ...discriminator,
      inputs: Object.fromEntries(
        Object.entries(discriminator.inputs).map(([name, shape]) => [name, joined(shape, images)]),
      ),
    })),
  turn: (phase, { images }) =>
    subjectsThrough(phase, (subject) => mapped(subject, (part) => packed(part, images))),
};
