import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { completeConfig } from '../training/complete-config.ts';
import { takeBothWays } from '../training/test-both-ways.ts';
import { STABILISERS } from './index.ts';

const GANS = {
  mlp: { kind: 'mlp', options: { width: 8, depth: 1 } },
  dcgan: { kind: 'dcgan', options: { width: 4, normalisation: 'layer' } },
};

/**
 * Groups of stabilisers that go together, so that each is compiled with convolutions and together with
 * others.
 */
const TOGETHER = [
  [
    'feature-matching',
    'label-smoothing',
    'historical-averaging',
    'minibatch-discrimination',
    'virtual-batch-norm',
  ],
  ['label-flips', 'gradient-penalty', 'spectral-norm', 'packing'],
  ['r1', 'dragan-penalty', 'instance-noise', 'pulling-away'],
  ['weight-clipping', 'diff-augment'],
  ['ada'],
];
/** Perceptrons have no batch normalisation that could become virtual. */
const ALONE = STABILISERS.map(({ kind }) => kind).filter((kind) => kind !== 'virtual-batch-norm');

const cases: { gan: keyof typeof GANS; kinds: string[]; name: string }[] = [
  ...ALONE.map((kind) => ({ gan: 'mlp' as const, kinds: [kind], name: kind })),
  ...TOGETHER.map((kinds) => ({ gan: 'dcgan' as const, kinds, name: kinds.join(', ') })),
];

function configOf(settings: Partial<RunConfig>): RunConfig {
  return completeConfig({
    ...DEFAULT_RUN_CONFIG,
    batch: 8,
    z: { size: 8, distribution: 'normal' },
    ...settings,
  });
}

test('every stabiliser is among those that are compiled together', () => {
  expect(TOGETHER.flat().sort()).toEqual(STABILISERS.map(({ kind }) => kind).sort());
});

test.each(cases)('$gan trains with $name, compiled as op by op', ({ gan, kinds }) => {
  const config = configOf({ gan: GANS[gan], stabilisers: kinds.map((kind) => ({ kind, options: {} })) });
  takeBothWays(config, { steps: 2 });
});
