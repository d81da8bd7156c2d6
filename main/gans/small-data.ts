/**
 * A GAN for tens to hundreds of images, after FastGAN: G is small and gated, and D must keep enough of an
 * image to rebuild it.
 */
import { z } from 'zod';
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import { tf, type Scalar, type Tensor, type Tensor4D } from '../tensor.ts';
import type { Phase } from '../game/index.ts';
import { defineGan, needsImages } from './gan.ts';
import { normalisationSchema } from './normalisation.ts';
import { discriminator } from './small-data-discriminator.ts';
import { generator } from './small-data-generator.ts';
import { generatorTurn, pair } from './one-against-one.ts';
import { repeatingSchema } from './upsampling.ts';

const optionsSchema = z.object({
  width: z.number().int().min(4).max(128).default(8).meta({
    title: 'Width',
    description:
      'Channels of the layer closest to the picture. Deeper layers have up to 8 times as many. A wider network can learn more and takes longer.',
  }),
  normalisation: normalisationSchema.default('batch'),
  patches: z.boolean().default(false).meta({
    title: 'Judge patches',
    description:
      'On: D gives each patch of a picture its own logit, 5 × 5 or 4 × 4 of them, and their mean goes into the loss. FastGAN takes the loss of every patch instead. Off: one dense layer judges the whole picture.',
  }),
  upsampling: repeatingSchema.default('smooth'),
});

/**
 * Mean |rebuilt - image| over pixels, where `image` is `seen`, the image as D saw it, averaged down to the
 * size of `rebuilt`. If D saw several images joined by their channels, it is the first.
 */
function reconstructionLoss(rebuilt: Tensor, seen: Tensor): Scalar {
  const [, side, , channels] = rebuilt.shape as Tensor4D['shape'];
  const [, size, , seenChannels] = seen.shape as Tensor4D['shape'];
  const image = seenChannels === channels ? seen : tf.slice(seen, [0, 0, 0, 0], [-1, -1, -1, channels]);
  const small = tf.avgPool(image as Tensor4D, size / side, size / side, 'valid');
  return tf.mean(tf.abs(tf.sub(rebuilt, small)));
}

/** D moves, and learns to rebuild real images as well. Liu et al. 2021, equations 2 and 3. */
const rebuildingTurn: Phase = {
  name: 'discriminator',
  moves: ['discriminator'],
  everySteps: 1,
  minimises({ reals, fakes, loss, judge, report }) {
    const { logit, seen, reconstruction } = judge(reals(), 'real');
    if (!seen || !reconstruction)
      throw new Error('D of the small-data GAN must output `seen` and `reconstruction`.');
    const error = reconstructionLoss(reconstruction, seen);
    report('reconstruction', error);
    return tf.add(loss.discriminator({ real: logit, fake: judge(fakes(), 'fake').logit }), error);
  },
};

/**
 * Liu et al. 2021 at 28 to 128 pixels: skip-layer excitation in G, and a D that rebuilds the real images that
 * it sees.
 *
 * As in FastGAN, D has batch norm together with spectral norm and, as an option, logits of patches. It
 * differs in these points: FastGAN's D also judges a small copy of the image, and has skip-layer excitation
 * too; its hinge loss takes every patch by itself, with noisy margins; it has three decoders, of which one
 * rebuilds a part of the image, and a perceptual distance; and its G adds noise. This one has one decoder,
 * absolute differences and no noise.
 */
export const smallData = defineGan({
  kind: 'small-data',
  label: 'Small-data GAN (after FastGAN)',
  summary:
    'For 50 to 1,000 pictures. D also rebuilds the real pictures that it judges, so it learns more from each of them. Trains without a graphics card.',
  paper: {
    title:
      'Liu et al. 2021, Towards Faster and Stabilized GAN Training for High-fidelity Few-shot Image Synthesis',
    url: 'https://arxiv.org/abs/2101.04775',
  },
  explanation: {
    discriminator: '+ mean |R(D(x)) − x|,  R rebuilds x from what D keeps of it',
    generator: '',
    pseudocode: [
      'z -> dense -> small picture; repeatedly: twice as large, convolution times sigmoid(convolution)',
      'large picture *= sigmoid(conv(small picture)), one share for each channel',
      'D: halve by convolutions plus an average -> dense, or the mean over patches -> logit',
      'rebuilt = R(features inside D of the real picture)',
      'loss_D += mean(abs(rebuilt - picture as D saw it))',
    ],
  },
  recommends: {
    loss: { kind: 'hinge', options: {} },
    stabilisers: [
      { kind: 'spectral-norm', options: {} },
      { kind: 'diff-augment', options: {} },
    ],
    z: { size: 128, distribution: 'normal' },
    optimizer: {
      kind: 'adam',
      options: { beta1: 0.5 },
      learningRate: { discriminator: 5e-4, generator: 1e-3 },
      ...PLAIN_OPTIMIZER,
    },
    batch: 16,
    averaging: 0.995,
  },
  options: optionsSchema,
  phases: [rebuildingTurn, generatorTurn],
  refuses: ({ image }) => (image.size === 1 ? needsImages('The small-data GAN') : undefined),
  players: ({ options: { width, normalisation, patches, upsampling }, image, z: { size: zSize }, nodes }) =>
    pair({
      generator: generator({ width, upsampling, image, zSize }),
      discriminator: discriminator({ width, normalisation, patches, upsampling, image, nodes }),
    }),
});
