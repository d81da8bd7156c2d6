/**
 * The settings of the rows of `bench modes`: perceptrons of three hidden layers. The app and the command line
 * accept the same settings.
 */
import { PLAIN_TURNS, type Recommended } from '../contract/index.ts';

export type ModesRow = { case: string; settings: Recommended };

/**
 * With plain ReLUs (slope 0), which bend more sharply than leaky ones, D finds the dots of the grid in a
 * third of the steps.
 */
const PERCEPTRON = { kind: 'mlp', options: { width: 128, depth: 3, slope: 0 } };
const STEPS = 30_000;

/** Rates fall after a third of the steps, since points have to be accurate to within a hundredth. */
const schedule = {
  kind: 'linear',
  from: Math.round(STEPS / 3),
  over: Math.round((STEPS * 2) / 3),
  floor: 0.02,
} as const;

const common: Recommended = {
  gan: PERCEPTRON,
  z: { size: 2, distribution: 'uniform' },
  batch: 128,
  steps: STEPS,
  turns: PLAIN_TURNS,
  averaging: 0.99,
};
const FIVE_TO_ONE = { kind: 'several', discriminator: 5 } as const;

const adam = ({
  beta2,
  discriminator,
  generator,
}: {
  beta2: number;
  discriminator: number;
  generator: number;
}): Recommended => ({
  optimizer: {
    kind: 'adam',
    options: { beta1: 0.5, beta2 },
    learningRate: { discriminator, generator },
    schedule,
    clip: 0,
  },
});

/**
 * G learns ten times as slowly as D: otherwise fakes gather on a few dots and wander from one to the next.
 */
const slowly = { ...common, ...adam({ beta2: 0.999, discriminator: 1e-3, generator: 1e-4 }) };

export const MODES_ROWS: readonly ModesRow[] = [
  { case: 'non-saturating', settings: slowly },
  { case: 'lsgan', settings: { ...slowly, loss: { kind: 'least-squares', options: {} } } },
  {
    case: 'wgan-gp',
    settings: {
      ...common,
      ...adam({ beta2: 0.9, discriminator: 2e-3, generator: 2e-3 }),
      turns: FIVE_TO_ONE,
      averaging: 0.95,
      loss: { kind: 'wasserstein', options: {} },
      stabilisers: [{ kind: 'gradient-penalty', options: { weight: 0.1 } }],
    },
  },
  {
    // With the published scale of 1, D is too smooth to separate the dots of the grid.
    case: 'hinge-spectral-norm',
    settings: {
      ...common,
      ...adam({ beta2: 0.9, discriminator: 2e-3, generator: 2e-3 }),
      turns: FIVE_TO_ONE,
      loss: { kind: 'hinge', options: {} },
      stabilisers: [{ kind: 'spectral-norm', options: { scale: 5 } }],
    },
  },
  {
    case: 'packing',
    settings: {
      ...common,
      ...adam({ beta2: 0.9, discriminator: 2e-3, generator: 5e-4 }),
      turns: FIVE_TO_ONE,
      batch: 256,
      stabilisers: [{ kind: 'packing', options: { images: 4 } }],
    },
  },
];
