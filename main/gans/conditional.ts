/**
 * A GAN conditioned on the class of each image: G makes images of a class, and D judges whether an image is a
 * real one of its class.
 */
import { concat, dense, reshape, type Layer } from '../layers/index.ts';
import { tensorOf } from '../tensor.ts';
import type { Player } from '../game/index.ts';
import { dcgan } from './dcgan.ts';
import { imagesAndZ, needsImages, type Gan } from './gan.ts';

/**
 * A player of DCGAN behind the layers `before`, the last of which, `name`, joins the class to the player's
 * input.
 */
function conditioned(
  player: Player | undefined,
  { classes, before, name }: { classes: number; before: Layer[]; name: string },
): Player {
  if (!player) throw new Error('DCGAN has two players.');
  const { role, network } = player;
  const layers = network.layers.map((layer, index) => (index === 0 ? { ...layer, inputs: [name] } : layer));
  return {
    role,
    network: {
      ...network,
      inputs: { ...network.inputs, class: [classes] },
      layers: [...before, ...layers],
    },
  };
}

/**
 * DCGAN with the one-hot class joined to z, and to D's image as one more channel, which a dense layer makes
 * of the class.
 *
 * Mirza and Osindero 2014, equation 2.
 */
export const conditional: Gan = {
  ...dcgan,
  kind: 'conditional',
  label: 'Conditional DCGAN',
  summary:
    'Learns every class of the data set, and makes pictures of the class that you ask for. Needs pictures in class folders.',
  paper: {
    title: 'Mirza and Osindero 2014, Conditional Generative Adversarial Nets',
    url: 'https://arxiv.org/abs/1411.1784',
  },
  explanation: {
    discriminator: '−mean log D(x | y) − mean log(1 − D(G(z | y) | y)),  y the class',
    generator: '−mean log D(G(z | y) | y)',
    pseudocode: [
      'y = one-hot class',
      'fake = G(z joined with y)',
      'map = dense(y), of the size of a picture',
      'D(picture joined with map) -> logit',
      'losses as before',
    ],
  },
  sources: (given) => ({
    ...imagesAndZ(given),
    class: { kind: 'labels', of: 'fakes' },
    realClass: { kind: 'labels', of: 'images' },
  }),
  game({ inputs, run }) {
    const classes = { real: tensorOf(inputs, 'realClass'), fake: tensorOf(inputs, 'class') };
    return {
      fakes: () => ({
        image: tensorOf(run('generator', { z: tensorOf(inputs, 'z'), class: classes.fake }), 'image'),
      }),
      judge: (subject, kind) => run('discriminator', { ...subject, class: classes[kind] }),
    };
  },
  refuses: ({ image }, { classes }) => {
    if (image.size === 1) return needsImages('The conditional DCGAN');
    if (classes >= 2) return undefined;
    return {
      message:
        'The conditional DCGAN learns classes, and this data set has none: its pictures are not in two or more folders.',
      remedy: 'Sort the pictures into a folder for each class, or choose DCGAN.',
      fix: { label: 'Use DCGAN', change: { kind: 'choose', part: 'gans', entry: 'dcgan' } },
    };
  },
  players(given) {
    const { generator, discriminator } = dcgan.players(given);
    const {
      classes,
      image: { size },
    } = given;
    return {
      generator: conditioned(generator, {
        classes,
        name: 'z-and-class',
        before: [concat('z-and-class', {}, 'z', 'class')],
      }),
      discriminator: conditioned(discriminator, {
        classes,
        name: 'image-and-class',
        before: [
          dense('class-numbers', { units: size * size, bias: true }, 'class'),
          reshape('class-picture', { shape: [size, size, 1] }),
          concat('image-and-class', {}, 'image', 'class-picture'),
        ],
      }),
    };
  },
};
