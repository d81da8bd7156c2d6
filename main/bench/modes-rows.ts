/** The settings of each row of `bench modes`: perceptrons of three hidden layers, as the app and the command line can be given them too. */
import type { Recommended } from '../contract/index.ts';

export type ModesRow = { case: string; settings: Recommended };

/** Plain ReLU in both networks, which bends more sharply than a leaky one: with it D finds dots of the grid in a third of the steps. */
const gan = { kind: 'mlp', options: { width: 128, depth: 3, slope: 0 } };
const STEPS = 20_000;

/** Rates fall after a third of the steps, as points have to be met to within a hundredth. */
const schedule = { kind: 'linear', from: Math.round(STEPS / 3), over: Math.round((STEPS * 2) / 3), floor: 0.02 } as const;

const common: Recommended = {
  gan, z: { size: 2, distribution: 'uniform' }, batch: 128, steps: STEPS, turns: { kind: 'several', discriminator: 5 }, averaging: 0.95,
};

const adam = (discriminator: number, generator: number, beta2 = 0.9): Required<Recommended>['optimizer'] =>
  ({ kind: 'adam', options: { beta1: 0.5, beta2 }, learningRate: { discriminator, generator }, schedule, clip: 0 });

export const MODES_ROWS: readonly ModesRow[] = [
  { case: 'non-saturating', settings: { ...common, optimizer: adam(2e-3, 1e-3, 0.999) } },
  { case: 'lsgan', settings: { ...common, loss: { kind: 'least-squares', options: {} }, optimizer: adam(2e-3, 1e-3, 0.999) } },
  {
    case: 'wgan-gp',
    settings: {
      ...common, loss: { kind: 'wasserstein', options: {} }, stabilisers: [{ kind: 'gradient-penalty', options: { weight: 0.1 } }], optimizer: adam(2e-3, 2e-3),
    },
  },
  {
    case: 'hinge-spectral-norm',
    settings: { ...common, loss: { kind: 'hinge', options: {} }, stabilisers: [{ kind: 'spectral-norm', options: {} }], optimizer: adam(2e-3, 1e-3) },
  },
  { case: 'packing', settings: { ...common, stabilisers: [{ kind: 'packing', options: { images: 2 } }], optimizer: adam(2e-3, 1e-3, 0.999) } },
];
