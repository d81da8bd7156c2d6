/**
 * BiGAN: an encoder learns together with G, because D judges pairs: a picture with the latent point that the
 * encoder finds for it, or a latent point with the picture that G makes of it.
 */
import { z } from 'zod';
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import type { Phase, Refusal, Settled } from '../game/index.ts';
import { activation, concat, dense, flatten, type Layer, type Network } from '../layers/index.ts';
import { tensorOf, tf } from '../tensor.ts';
import { dcganGenerator, dcganOptions } from './dcgan.ts';
import { defineGan, needsImages, type DiscriminatorNetwork, type GanInput } from './gan.ts';
import { halvings } from './halving.ts';
import { normalisationSchema } from './normalisation.ts';
import { discriminatorTurn, GENERATE } from './one-against-one.ts';

const optionsSchema = dcganOptions.extend({
  normalisation: normalisationSchema.default('none'),
  joint: z.number().int().min(8).max(2048).default(256).meta({
    title: 'Joint units',
    description: 'Units of the layers in which D sees a picture and its latent point together.',
  }),
});
type Options = z.infer<typeof optionsSchema>;

const leaky = (name: string): Layer => activation(name, { function: 'leaky-relu', slope: 0.2 });
const imageOf = ({ image }: GanInput<Options>) => [image.size, image.size, image.channels];

/** A picture -> its latent point. */
function encoder(given: GanInput<Options>): Network {
  const { options, image, z: latent } = given;
  return {
    inputs: { image: imageOf(given) },
    layers: [
      ...halvings({ width: options.width, normalisation: 'batch', size: image.size }),
      flatten('kept', {}),
      dense('code', { units: latent.size, bias: true }),
      // Points of a uniform space lie in [-1, 1].
      ...(latent.distribution === 'uniform' ? [activation('code-tanh', { function: 'tanh' })] : []),
    ],
    outputs: { z: latent.distribution === 'uniform' ? 'code-tanh' : 'code' },
  };
}

/**
 * A picture and a latent point -> the logit of the pair: real if the picture is of the data set, fake if it
 * is G's.
 */
function discriminator(given: GanInput<Options>): DiscriminatorNetwork {
  const {
    options: { width, normalisation, joint },
    image,
    z: latent,
    nodes,
  } = given;
  return {
    inputs: { image: imageOf(given), z: [latent.size] },
    layers: [
      ...halvings({ width, normalisation, size: image.size }),
      flatten('of-image', {}),
      dense('of-point', { units: joint, bias: true }, 'z'),
      leaky('of-point-relu'),
      concat('pair', {}, 'of-image', 'of-point-relu'),
      dense('joint1', { units: joint, bias: true }),
      leaky('joint1-relu'),
      dense('joint2', { units: joint, bias: true }),
      leaky('features'),
      dense('verdict', { units: nodes, bias: true }),
    ],
    outputs: { logit: 'verdict', features: 'features' },
  };
}

/** G and E move together, so that D takes G's pairs for real ones and E's for fakes. */
const jointTurn: Phase = {
  name: 'generator',
  moves: ['generator', 'encoder'],
  everySteps: 1,
  minimises({ reals, fakes, loss, judge }) {
    const logits = {
      fake: judge(fakes(), 'fake').logit, // [batch, nodes]
      real: judge(reals(), 'real').logit, // [batch, nodes]
    };
    return tf.add(loss.generator(logits), loss.encoder(logits));
  },
};

function refuses({ image, config: { stabilisers } }: Settled): Refusal | undefined {
  if (image.size === 1) return needsImages('The BiGAN');
  if (!stabilisers.some(({ kind }) => kind === 'feature-matching')) return undefined;
  return {
    message:
      'In a BiGAN, G and E learn together from the logits of D for pairs. Feature matching would replace only the part of G.',
    remedy: 'Switch feature matching off, or choose a GAN without an encoder, such as DCGAN.',
    fix: {
      label: 'Switch off feature matching',
      change: { kind: 'remove', stabiliser: 'feature-matching' },
    },
  };
}

/**
 * Donahue, Krähenbühl and Darrell 2016, equation 3, with the labels exchanged for G and E as in section 3.5.
 * Dumoulin et al. 2016 (ALI) describe the same game with a stochastic encoder; this one is deterministic.
 */
export const bigan = defineGan({
  kind: 'bigan',
  label: 'BiGAN / ALI (with an encoder)',
  summary:
    'Also trains an encoder, which finds the latent point of a picture: your own pictures can then be rebuilt, and you can walk from one to another.',
  paper: {
    title: 'Donahue, Krähenbühl and Darrell 2016, Adversarial Feature Learning',
    url: 'https://arxiv.org/abs/1605.09782',
  },
  explanation: {
    discriminator: '−mean log D(x, E(x)) − mean log(1 − D(G(z), z))',
    generator: '−mean log D(G(z), z) − mean log(1 − D(x, E(x)))',
    pseudocode: [
      'real = D(x, E(x)); fake = D(G(z), z)',
      'loss_D = -mean(log(real)) - mean(log(1 - fake))',
      'update D',
      'loss_G_and_E = -mean(log(fake)) - mean(log(1 - real))',
      'update G and E together',
    ],
  },
  recommends: {
    loss: { kind: 'non-saturating', options: {} },
    stabilisers: [],
    z: { size: 32, distribution: 'normal' },
    optimizer: {
      kind: 'adam',
      options: { beta1: 0.5 },
      learningRate: { discriminator: 5e-4, generator: 1e-3 },
      ...PLAIN_OPTIMIZER,
    },
  },
  options: optionsSchema,
  game({ inputs, run }) {
    const [real, z] = [tensorOf(inputs, 'real'), tensorOf(inputs, 'z')];
    return {
      reals: () => ({ image: real, z: tensorOf(run('encoder', { image: real }), 'z') }),
      fakes: () => ({ image: tensorOf(run('generator', { z }), 'image'), z }),
      judge: (subject) => run('discriminator', subject),
    };
  },
  phases: [discriminatorTurn, jointTurn],
  uses: [
    GENERATE,
    { use: 'encode', label: 'Find the latent point of a picture', networks: ['encoder'], gives: ['z'] },
    { use: 'rebuild', label: 'Rebuild pictures', networks: ['encoder', 'generator'], gives: ['image'] },
  ],
  refuses,
  players: (given) => ({
    generator: { role: 'generator', network: dcganGenerator(given) },
    encoder: { role: 'encoder', network: encoder(given) },
    discriminator: { role: 'discriminator', network: discriminator(given) },
  }),
});
