/** The settings of each row of `bench modes`: perceptrons of three hidden layers, as the app and the command line can be given them too. */
import { PLAIN_TURNS, type Recommended } from '../contract/index.ts';

export type ModesRow = { case: string; settings: Recommended };

/** A plain ReLU bends more sharply than a leaky one: with it D finds the dots of the grid in a third of the steps. */
const perceptron = ({ slope, width = 128 }: { slope: number; width?: number }) => ({ kind: 'mlp', options: { width, depth: 3, slope } });
const STEPS = 20_000;

/** Rates fall after a third of the steps, as points have to be met to within a hundredth. */
const schedule = { kind: 'linear', from: Math.round(STEPS / 3), over: Math.round((STEPS * 2) / 3), floor: 0.02 } as const;

const common: Recommended = { gan: perceptron({ slope: 0 }), z: { size: 2, distribution: 'uniform' }, batch: 128, steps: STEPS, turns: PLAIN_TURNS, averaging: 0.99 };

const adam = ({ beta1, beta2, discriminator, generator }: { beta1: number; beta2: number; discriminator: number; generator: number }): Recommended =>
  ({ optimizer: { kind: 'adam', options: { beta1, beta2 }, learningRate: { discriminator, generator }, schedule, clip: 0 } });

const usual = { ...common, ...adam({ beta1: 0.5, beta2: 0.999, discriminator: 2e-3, generator: 5e-4 }) };

export const MODES_ROWS: readonly ModesRow[] = [
  { case: 'non-saturating', settings: usual },
  { case: 'lsgan', settings: { ...usual, loss: { kind: 'least-squares', options: {} } } },
  {
    case: 'wgan-gp',
    settings: {
      ...common, ...adam({ beta1: 0.5, beta2: 0.9, discriminator: 2e-3, generator: 2e-3 }), turns: { kind: 'several', discriminator: 5 }, averaging: 0.95,
      loss: { kind: 'wasserstein', options: {} }, stabilisers: [{ kind: 'gradient-penalty', options: { weight: 0.1 } }],
    },
  },
  {
    case: 'hinge-spectral-norm',
    settings: {
      ...common, ...adam({ beta1: 0, beta2: 0.9, discriminator: 1e-3, generator: 1e-3 }), gan: perceptron({ slope: 0.2 }),
      loss: { kind: 'hinge', options: {} }, stabilisers: [{ kind: 'spectral-norm', options: {} }],
    },
  },
  {
    case: 'packing',
    settings: {
      ...usual, gan: perceptron({ slope: 0, width: 256 }), turns: { kind: 'several', discriminator: 2 },
      stabilisers: [{ kind: 'packing', options: { images: 2 } }],
    },
  },
];
