/**
 * Presets: settings for a purpose, each with a sentence on when to use it. Each is a GAN with its recommended
 * settings and a few changes.
 */
import { DEFAULT_RUN_CONFIG, PLAIN_OPTIMIZER, type Preset } from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';

const recommended = (gan: string, options: Record<string, unknown>): Preset['recommends'] => ({
  ...ganOf(gan).recommends,
  gan: { kind: gan, options },
});

const { batch, averaging, steps } = DEFAULT_RUN_CONFIG;
const DEFAULTS = { batch, averaging, steps };

export const PRESETS: readonly Preset[] = [
  {
    kind: 'fast-look',
    label: 'Fast look',
    summary: 'See within minutes whether the pictures can be learnt at all. Small, quick and rough.',
    recommends: { ...recommended('dcgan', { width: 16 }), batch: 32, averaging: 0.98, steps: 3000 },
  },
  {
    kind: 'with-classes',
    label: 'With classes',
    summary: 'Learns every class by itself, and makes pictures of the class you choose.',
    suits: { data: 'pictures', classes: true, perClass: 20 },
    recommends: { ...recommended('conditional', {}), ...DEFAULTS },
  },
  {
    kind: 'few-images',
    label: 'Few pictures',
    summary: 'For a few dozen to a thousand pictures. Made to learn from each of them without copying it.',
    suits: { data: 'pictures', atMost: 1000 },
    recommends: {
      ...recommended('dcgan', { width: 16 }),
      stabilisers: [{ kind: 'diff-augment', options: {} }],
      batch: 16,
      averaging: 0.995,
      steps: 20_000,
    },
  },
  {
    kind: 'all-round',
    label: 'All-round',
    summary: 'The usual choice for a thousand pictures or more.',
    suits: { data: 'pictures' },
    recommends: {
      ...recommended('dcgan', { width: 16 }),
      stabilisers: [{ kind: 'diff-augment', options: {} }],
      batch: 32,
      averaging: 0.995,
      steps: 40_000,
    },
  },
  {
    kind: 'your-own-pictures',
    label: 'Walk between your pictures',
    summary: 'Learns to rebuild your own pictures, so that you can walk from one to another.',
    recommends: { ...recommended('bigan', { width: 32 }), batch: 64, averaging: 0.995, steps: 30_000 },
  },
  {
    kind: 'classroom',
    label: 'Classroom',
    summary: 'Small and fast enough to watch every change take effect. Also learns points of the plane.',
    suits: { data: 'points' },
    recommends: {
      ...recommended('mlp', { width: 128, depth: 2 }),
      // Without packing, G circles around points of the plane for thousands of steps.
      stabilisers: [{ kind: 'packing', options: { images: 4 } }],
      z: { size: 16, distribution: 'normal' },
      batch: 64,
      averaging: 0.99,
      steps: 5000,
    },
  },
  {
    kind: 'stable-and-slow',
    label: 'Stable and slow',
    summary: 'For a night of training unattended: learns slowly and seldom falls apart.',
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
