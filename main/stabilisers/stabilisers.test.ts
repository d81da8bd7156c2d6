import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { randomUniform } from '../random.ts';
import { expectClose } from '../reference/index.ts';
import { completeConfig, rulesOf } from '../training/rules.ts';
import { Session } from '../training/session.ts';
import { firstState } from '../training/state.ts';
import { trainStep } from '../training/step.ts';
import { STABILISERS } from './index.ts';

const GANS = {
  mlp: { kind: 'mlp', options: { width: 8, depth: 1 } },
  dcgan: { kind: 'dcgan', options: { width: 4, normalisation: 'layer' } },
};

/** Those that go together, so that each is compiled with convolutions and beside others. */
const TOGETHER = [
  ['feature-matching', 'label-smoothing', 'historical-averaging', 'minibatch-discrimination', 'virtual-batch-norm'],
  ['label-flips', 'gradient-penalty', 'spectral-norm', 'packing'],
  ['r1', 'dragan-penalty', 'instance-noise'],
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
  return completeConfig({ ...DEFAULT_RUN_CONFIG, batch: 8, z: { size: 8, distribution: 'normal' }, ...settings });
}

test('every stabiliser is among those that are compiled together', () => {
  expect(TOGETHER.flat().sort()).toEqual(STABILISERS.map(({ kind }) => kind).sort());
});

test.each(cases)('$gan trains with $name, compiled as op by op', ({ gan, kinds }) => {
  const config = configOf({ gan: GANS[gan], stabilisers: kinds.map((kind) => ({ kind, options: {} })) });
  const rules = rulesOf(config);
  const session = new Session(config);
  let state = firstState(rules, config.seed);
  for (let step = 0; step < 2; step++) {
    const batch = { images: randomUniform({ seed: 1, stream: 'order', step }, config.batch * 28 * 28) };
    const reference = trainStep(rules, state, session.inputsOf({ step, ...batch }));
    state = { ...state, ...reference.state };
    const { losses, measures } = session.takeStep(batch);
    for (const [turn, number] of Object.entries(losses)) expectClose([number], [reference.losses[turn]!.dataSync()[0]!], 1e-4);
    expect(Object.keys(measures)).toEqual(Object.keys(reference.reports));
    for (const [name, number] of Object.entries(measures)) expectClose([number], [reference.reports[name]!.dataSync()[0]!], 1e-4);
  }
  session.dispose();
});
