import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { completeConfig } from '../training/complete-config.ts';
import { PRESETS } from '../catalogue/index.ts';
import { configFrom, type ConfigFlags } from './train-config.ts';

const FLAGS: ConfigFlags = {
  data: ['built-in:digits'],
  ganOption: {},
  lossOption: {},
  optimizerOption: {},
  given: {},
};
const wganGp = ganOf('wgan-gp').recommends;

test('without flags a run is a new run with what DCGAN recommends', () => {
  expect(completeConfig(configFrom(FLAGS))).toEqual(
    completeConfig({
      ...DEFAULT_RUN_CONFIG,
      ...ganOf('dcgan').recommends,
      name: 'Digits',
    } as typeof DEFAULT_RUN_CONFIG),
  );
});

test('a GAN brings what it recommends', () => {
  const { loss, turns, optimizer, stabilisers } = configFrom({ ...FLAGS, gan: 'wgan-gp' });
  expect(loss.kind).toBe('wasserstein');
  expect({ turns, stabilisers }).toEqual({ turns: wganGp.turns, stabilisers: wganGp.stabilisers });
  expect(optimizer.learningRate).toEqual(wganGp.optimizer?.learningRate);
});

test('flags win over what the GAN recommends, and leave the rest of it', () => {
  const config = configFrom({
    ...FLAGS,
    gan: 'wgan-gp',
    given: {
      'turns.kind': 'together',
      'turns.discriminator': 1,
      'optimizer.learningRate.generator': 0.002,
      'batch': 16,
    },
    optimizerOption: { beta1: 0 },
  });
  expect(config).toMatchObject({ batch: 16, turns: { kind: 'together' }, loss: { kind: 'wasserstein' } });
  expect(config.optimizer.learningRate).toEqual({ ...wganGp.optimizer?.learningRate, generator: 0.002 });
  expect(config.optimizer.options).toEqual({ ...wganGp.optimizer?.options, beta1: 0 });
});

test('stabilisers are added to the recommended ones or replace them by kind, and "none" drops those', () => {
  const kinds = (...stabiliser: NonNullable<ConfigFlags['stabiliser']>) =>
    configFrom({ ...FLAGS, gan: 'wgan-gp', stabiliser }).stabilisers;
  expect(kinds({ kind: 'packing', options: { images: 4 } }).map(({ kind }) => kind)).toEqual([
    'gradient-penalty',
    'packing',
  ]);
  expect(kinds({ kind: 'gradient-penalty', options: { weight: 1 } })).toEqual([
    { kind: 'gradient-penalty', options: { weight: 1 } },
  ]);
  expect(kinds({ kind: 'none', options: {} })).toEqual([]);
  expect(kinds({ kind: 'none', options: {} }, { kind: 'packing', options: {} })).toEqual([
    { kind: 'packing', options: { images: 2 } },
  ]);
});

test.each(PRESETS.map(({ kind, recommends }) => [kind, recommends] as const))(
  'the preset %s can be trained, and flags change it',
  (preset, recommends) => {
    const withClasses = { ...configFrom({ ...FLAGS, preset }), classes: ['one', 'other'] };
    expect(completeConfig(withClasses).gan.kind).toBe(recommends.gan?.kind);
    expect(configFrom({ ...FLAGS, preset, given: { steps: 7 } }).steps).toBe(7);
  },
);

test('what is not in the catalogue is refused by name', () => {
  expect(() => configFrom({ ...FLAGS, preset: 'nothing' })).toThrow('There is no preset "nothing".');
  expect(() => configFrom({ ...FLAGS, stabiliser: [{ kind: 'nothing', options: {} }] })).toThrow(
    'There is no stabiliser "nothing".',
  );
  expect(() => configFrom({ ...FLAGS, stabiliser: [{ kind: 'packing', options: { size: 3 } }] })).toThrow(
    'The stabiliser "packing" has no option "size".',
  );
});

test('the learning rates fall over the rest of the run, unless --schedule-over is given', () => {
  const schedule = (given: ConfigFlags['given']) => configFrom({ ...FLAGS, given }).optimizer.schedule;
  const linear = {
    'optimizer.schedule.kind': 'linear',
    'optimizer.schedule.from': 100,
    'steps': 500,
  } as const;
  expect(schedule(linear)).toEqual({ kind: 'linear', from: 100, over: 400, floor: 0 });
  expect(schedule({ ...linear, 'optimizer.schedule.over': 7 }).over).toBe(7);
  expect(() => schedule({ 'optimizer.schedule.floor': 0.5 })).toThrow('The learning rates are constant');
});
