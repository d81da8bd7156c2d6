/**
 * Differentiable augmentation: D sees only changed images, real and fake changed in the same ways, so that it
 * cannot memorise a small data set.
 */
import { z } from 'zod';
import { scale } from '../layers/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Tensor } from '../tensor.ts';
import { brightened, column, pixels, stretched, takenFrom } from './augmentation.ts';
import { refusesNoImages, seenThrough, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  colour: z.boolean().default(true).meta({
    title: 'Colour',
    description: 'Changes brightness, contrast and, in colour pictures, saturation.',
  }),
  translation: z.boolean().default(true).meta({
    title: 'Translation',
    description: 'Moves the picture by up to an eighth of its side. The empty part becomes mid grey.',
  }),
  cutout: z
    .boolean()
    .default(true)
    .meta({ title: 'Cutout', description: 'Covers a square of half the side with mid grey.' }),
});

/** Fractions of the side, as published. */
const LARGEST_SHIFT = 1 / 8;
const HOLE = 1 / 2;

/** Brightness by U(-0.5, 0.5), saturation times U(0, 2), contrast times U(0.5, 1.5). */
function coloured(images: Tensor, random: StepRandom): Tensor {
  const [batch, , , channels] = images.shape as [number, number, number, number];
  const bright = brightened(images, tf.sub(random.uniform([batch]), 0.5));
  const vivid = channels === 3 ? stretched(bright, tf.mul(random.uniform([batch]), 2), [3]) : bright;
  return stretched(vivid, tf.add(random.uniform([batch]), 0.5), [1, 2, 3]);
}

/** Whole numbers from 0 to `count` - 1, all equally likely: [batch]. */
function drawn(random: StepRandom, batch: number, count: number): Tensor {
  return tf.minimum(tf.floor(tf.mul(random.uniform([batch]), count)), count - 1);
}

/** Translation by whole pixels, up to 1/8 of the side in either direction. */
function translated(images: Tensor, random: StepRandom): Tensor {
  const [batch, size] = images.shape as [number, number];
  const furthest = Math.floor(size * LARGEST_SHIFT + 0.5);
  // [batch, size]
  const source = () => tf.add(pixels(size), column(tf.sub(drawn(random, batch, 2 * furthest + 1), furthest)));
  return takenFrom(images, { rows: source(), columns: source() });
}

/** A square with its middle anywhere in the image becomes 0; it may reach beyond the edges. */
function cut(images: Tensor, random: StepRandom): Tensor {
  const [batch, size] = images.shape as [number, number];
  const side = Math.floor(size * HOLE + 0.5);
  const middle = () => drawn(random, batch, size + 1 - (side % 2));
  const within = (shape: number[]) => {
    // [batch, size], 0 where the hole begins
    const offset = tf.sub(pixels(size), column(tf.sub(middle(), Math.floor(side / 2))));
    return tf.reshape(
      tf.cast(tf.logicalAnd(tf.greaterEqual(offset, 0), tf.less(offset, side)), 'float32'),
      shape,
    );
  };
  const hole = tf.mul(within([batch, size, 1, 1]), within([batch, 1, size, 1])); // [batch, size, size, 1]
  return scale(images, tf.sub(1, hole));
}

/**
 * D sees T(x) and T(G(z)), in both turns, with T drawn for each picture. Zhao et al. 2020, section 3; the
 * sizes of the changes are those of the authors' code.
 */
export const diffAugment: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'diff-augment',
  label: 'Differentiable augmentation (DiffAugment)',
  summary:
    'Moves, recolours and partly covers every picture that D sees, real or fake, so that D cannot memorise few pictures. The first thing to try with up to a few thousand pictures.',
  paper: {
    title: 'Zhao et al. 2020, Differentiable Augmentation for Data-Efficient GAN Training',
    url: 'https://arxiv.org/abs/2006.10738',
  },
  explanation: {
    discriminator: 'D(x) → D(T(x)),  D(G(z)) → D(T(G(z)))',
    generator: 'D(G(z)) → D(T(G(z)))',
    pseudocode: [
      'T = colour, then translation, then cutout',
      'real = T(real), drawn for each picture',
      'fake = T(fake), likewise',
      'gradients run through T to G',
      'D and G are updated with these',
    ],
  },
  options: optionsSchema,
  refuses: refusesNoImages,
  turn: (phase, { colour, translation, cutout }) => {
    const changes = [
      ...(colour ? [coloured] : []),
      ...(translation ? [translated] : []),
      ...(cutout ? [cut] : []),
    ];
    return seenThrough(phase, (images, { random }) =>
      changes.reduce((changed, change) => change(changed, random), images),
    );
  },
};
