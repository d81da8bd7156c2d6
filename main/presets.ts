/**
 * Presets: settings for a purpose, each with a sentence on when to use it. They are a GAN as it recommends
 * itself, with a few changes.
 */
import { DEFAULT_RUN_CONFIG, PLAIN_OPTIMIZER, type Preset } from './contract/index.ts';
import { ganOf } from './gans/index.ts';

const recommended = (gan: string, options: Record<string, unknown>): Preset['recommends'] => ({
  ...ganOf(gan).recommends,
  gan: { kind: gan, options },
});

const { batch, averaging, steps } = DEFAULT_RUN_CONFIG;
const AS_LONG_AS_ANY = { batch, averaging, steps };

export const PRESETS: readonly Preset[] = [
  {
    kind: 'fast-look',
    label: 'Fast look',
    summary:
      'To see within some minutes whether a dataset can be learnt at all: a narrow DCGAN in small batches.',
    recommends: { ...recommended('dcgan', { width: 16 }), batch: 32, averaging: 0.98, steps: 3000 },
  },
  {
    kind: 'with-classes',
    label: 'With classes',
    summary:
      'For pictures in class folders, some dozens in each: learns every class as a kind of its own, and makes pictures of the class you choose.',
    suits: { data: 'pictures', classes: true, perClass: 20 },
    recommends: { ...recommended('conditional', {}), ...AS_LONG_AS_ANY },
  },
  {
    kind: 'few-images',
    label: 'Few images',
    summary:
      'For some tens to some hundreds of images, which an ordinary D would learn by heart: the small-data GAN, D sees changed images alone.',
    suits: { data: 'pictures', atMost: 1000 },
    recommends: { ...recommended('small-data', {}), steps: 20_000 },
  },
  {
    kind: 'all-round',
    label: 'All-round',
    summary: 'For a thousand pictures or more without classes: DCGAN as it recommends itself.',
    suits: { data: 'pictures' },
    recommends: { ...recommended('dcgan', {}), ...AS_LONG_AS_ANY },
  },
  {
    kind: 'your-own-pictures',
    label: 'Walk between your pictures',
    summary:
      'To see your own pictures rebuilt, and to walk from one of them to another: a GAN with an encoder, which finds their latent points.',
    recommends: { ...recommended('bigan', { width: 32 }), batch: 64, averaging: 0.995, steps: 30_000 },
  },
  {
    kind: 'classroom',
    label: 'Classroom',
    summary:
      'To follow what happens: a small perceptron, quick enough to watch every change take effect, also on points of the plane.',
    suits: { data: 'points' },
    recommends: {
      ...recommended('mlp', { width: 128, depth: 2 }),
      z: { size: 16, distribution: 'normal' },
      batch: 64,
      averaging: 0.99,
      steps: 5000,
    },
  },
  {
    kind: 'stable-and-slow',
    label: 'Stable and slow',
    summary:
      'For a run overnight that should not fall apart: spectral normalisation, low learning rates and a long average.',
    recommends: {
      ...recommended('sngan', { width: 32 }),
      batch: 64,
      averaging: 0.999,
      steps: 50_000,
      optimizer: {
        kind: 'adam',
        options: { beta1: 0.5, beta2: 0.999 },
        learningRate: { discriminator: 2e-4, generator: 2e-4 },
        ...PLAIN_OPTIMIZER,
      },
    },
  },
];
