/** Short runs, healthy and ill, that the rules of health are tested with. */
import {
  DEFAULT_RUN_CONFIG,
  PLAIN_OPTIMIZER,
  STUDY_POINTS,
  withRecommended,
  type Recommended,
  type RunConfig,
} from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { PRESETS } from '../catalogue/index.ts';

export type HealthCase = {
  case: string;
  /** The code of the finding that health must report; undefined for a healthy run. */
  illness?: string;
  config: RunConfig;
  /** The run trains on this many pictures, the first ones; by default all. */
  pictures?: number;
};

const STEPS = 500;
const { dataset, measuring, optimizer } = DEFAULT_RUN_CONFIG;

const onDigits = (changes: Recommended): RunConfig => ({
  ...withRecommended(DEFAULT_RUN_CONFIG, changes),
  // The recorded histories are of runs on all pictures.
  heldOut: 0,
  // Enough time to measure all that is due, however fast the run is.
  measuring: { ...measuring, share: 0.5 },
  steps: STEPS,
});

const onRing = (changes: Recommended): RunConfig => ({
  ...onDigits(changes),
  dataset: { ...dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
});

/** A small DCGAN with its recommended settings and these changes. */
const small = (changes: Recommended): RunConfig =>
  onDigits({
    ...ganOf('dcgan').recommends,
    gan: { kind: 'dcgan', options: { width: 8 } },
    batch: 32,
    ...changes,
  });

const rates = (discriminator: number, generator: number): RunConfig['optimizer'] => ({
  ...optimizer,
  learningRate: { discriminator, generator },
});

const presets: HealthCase[] = PRESETS.map(({ kind, recommends }) => ({
  case: `preset-${kind}`,
  config: onDigits(recommends),
}));

const ill: HealthCase[] = [
  {
    case: 'd-has-won',
    illness: 'd-has-won',
    config: small({ optimizer: rates(5e-3, 1e-5) }),
  },
  {
    case: 'd-has-won-saturating',
    illness: 'd-has-won',
    config: small({ loss: { kind: 'minimax', options: {} }, optimizer: rates(5e-3, 2e-4) }),
  },
  {
    case: 'one-picture',
    illness: 'one-picture',
    config: small({
      gan: { kind: 'mlp', options: { width: 64, depth: 2, slope: 0 } },
      optimizer: rates(1e-3, 0.1),
    }),
  },
  {
    case: 'nan',
    illness: 'steps-refused',
    config: small({
      loss: { kind: 'wasserstein', options: {} },
      stabilisers: [],
      optimizer: {
        kind: 'sgd',
        options: {},
        learningRate: { discriminator: 0.9, generator: 0.9 },
        ...PLAIN_OPTIMIZER,
      },
    }),
  },
  {
    case: 'eight-pictures',
    illness: 'copies',
    pictures: 8,
    config: {
      ...small({ gan: { kind: 'dcgan', options: { width: 16 } } }),
      dataset: { ...dataset, source: { kind: 'built-in', name: 'emoji' } },
    },
  },
  {
    case: 'ring-circles',
    illness: 'untrained',
    config: onRing({ ...recommendsOf('classroom'), stabilisers: [] }),
  },
  {
    case: 'one-point',
    illness: 'one-picture',
    config: onRing({
      ...ganOf('mlp').recommends,
      gan: { kind: 'mlp', options: {} },
      optimizer: rates(1e-3, 2e-2),
      averaging: 0.9,
    }),
  },
];

export const HEALTH_CASES: readonly HealthCase[] = [...presets, ...ill];

function recommendsOf(preset: string): Recommended {
  return PRESETS.find(({ kind }) => kind === preset)?.recommends ?? {};
}
