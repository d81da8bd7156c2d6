/** The config of a run in words. */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  isSettingPath,
  RUN_SETTINGS,
  setAt,
  STUDY_POINTS,
  type RunConfig,
  type SettingPath,
} from '#main/contract/index.ts';
import { configFacts } from './config-facts.ts';
import { datasetName } from './dataset-words.ts';

const entryOf = (label: string, options: Record<string, unknown> = {}) => ({
  kind: '',
  label,
  summary: '',
  paper: { title: '', url: '' },
  options,
});

test('a folder is called by its last part, on every system', () => {
  expect(datasetName({ kind: 'files', paths: ['/home/me/Pictures/tiles/'] })).toBe('tiles');
  expect(datasetName({ kind: 'files', paths: ['C:\\Users\\me\\tiles'] })).toBe('tiles');
  expect(datasetName({ kind: 'files', paths: ['/a/cats', '/a/dogs', '/b.zip'] })).toBe('cats and 2 more');
  expect(datasetName({ kind: 'built-in', name: 'emoji' })).toBe('Emoji');
});

test('a choice has its options, and its label from the catalogue', () => {
  const facts = configFacts(
    { ...DEFAULT_RUN_CONFIG, gan: { kind: 'dcgan', options: { width: 32 } } },
    (list) => (list === 'gans' ? entryOf('DCGAN') : undefined),
  );
  expect(facts.find(({ name }) => name === 'GAN')?.value).toBe('DCGAN, width:\u00a032');
  expect(facts.find(({ name }) => name === 'Loss')?.value).toBe('non-saturating');
});

test('an optimiser has its options, its schedule and its clipping, or says that there are none', () => {
  const { optimizer } = DEFAULT_RUN_CONFIG;
  const words = (changes: Partial<typeof optimizer>) =>
    Object.fromEntries(
      configFacts({ ...DEFAULT_RUN_CONFIG, optimizer: { ...optimizer, ...changes } }, () =>
        entryOf('The optimiser'),
      ).map(({ name, value }) => [name, value]),
    );
  expect(words({})).toMatchObject({
    'Optimiser': 'The optimiser',
    'Schedule': 'constant',
    'Gradients clipped at': 'off',
  });
  expect(
    words({
      options: { decay: 0.9 },
      schedule: { kind: 'cosine', from: 500, over: 1000, floor: 0.1 },
      clip: 2.5,
    }),
  ).toMatchObject({
    'Optimiser': 'The optimiser, decay:\u00a00.9',
    'Schedule': 'cosine, steps\u00a0500\u00a0to\u00a01,500, down\u00a0to\u00a00.1',
    'Gradients clipped at': '2.5',
  });
});

test('options have their labels, and choices their words', () => {
  const gan = entryOf('DCGAN', {
    properties: {
      upsampling: {
        enum: ['transposed-conv', 'repeat'],
        title: 'Upsampling in G',
        choices: { 'transposed-conv': { label: 'Transposed convolution' } },
      },
      icnr: { type: 'boolean', title: 'ICNR start' },
    },
  });
  const config = {
    ...DEFAULT_RUN_CONFIG,
    gan: { kind: 'dcgan', options: { upsampling: 'transposed-conv', icnr: true } },
  };
  expect(
    configFacts(config, () => gan)
      .find(({ name }) => name === 'GAN')
      ?.value.replaceAll('\u00a0', ' '),
  ).toBe('DCGAN, upsampling in G: transposed convolution, ICNR start: on');
});

test('stabilisers are one fact, with the options that differ from their initial values', () => {
  const stabilisers = [
    { kind: 'penalty', options: { weight: 10, target: 0 } },
    { kind: 'packing', options: {} },
  ];
  const penalty = entryOf('Penalty', {
    properties: { weight: { type: 'number', default: 1 }, target: { type: 'number', default: 0 } },
  });
  const words = (config: RunConfig) =>
    configFacts(config, (_, kind) => (kind === 'penalty' ? penalty : undefined)).find(
      ({ name }) => name === 'Stabilisers',
    );
  expect(words({ ...DEFAULT_RUN_CONFIG, stabilisers })?.value).toBe('Penalty, weight:\u00a010; packing');
  expect(words(DEFAULT_RUN_CONFIG)?.value).toBe('none');
});

test('turns, classes and points are put in words', () => {
  const facts = configFacts({
    ...DEFAULT_RUN_CONFIG,
    turns: { kind: 'several', discriminator: 5 },
    classes: ['cats', 'dogs'],
    dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.grid } },
  });
  const words = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  expect(words).toMatchObject({
    'Data set': 'Grid of 25',
    'Points': 'spacing\u00a02, deviation\u00a00.05',
    'Classes': '2: cats, dogs',
    'Update order': '5 updates of D per update of G',
  });
  expect(words['Pictures']).toBeUndefined();
});

test('the facts of a run stand in the order of the form, with the names of the settings', () => {
  expect(configFacts(DEFAULT_RUN_CONFIG).map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Data set: Digits',
    'Pictures: 28\u00a0×\u00a028, grey',
    'GAN: dcgan',
    'Loss: non-saturating',
    'Stabilisers: none',
    'Update order: both in every step',
    'Steps: 20,000',
    'Batch: 64',
    'Learning rate of D: 0.0005',
    'Learning rate of G: 0.001',
    'Optimiser: adam',
    'Schedule: constant',
    'Gradients clipped at: off',
    'Seed: 1',
    'z: 100, normal',
    'EMA decay: 0.99',
    'Samples: 64 every 50 steps',
    'Checkpoints: every 500 steps or 5 min',
    'Held-out pictures: 10%',
    'Precision: automatic',
    'Time for metrics: at most 2%',
    'Checkpoints kept: 3',
    'Best checkpoint by: KID',
  ]);
});

/** For each setting that is not a number, a value other than the config's. */
const OTHER_VALUES: Partial<Record<SettingPath, string | boolean>> = {
  'dataset.options.colour': 'rgb',
  'dataset.options.framing': 'fit',
  'dataset.options.mirror': true,
  'dataset.options.classes': 'ignored',
  'dataset.options.evenClasses': true,
  'turns.kind': 'alternating',
  'z.distribution': 'uniform',
  'optimizer.schedule.kind': 'cosine',
  'measuring.best': 'coverage',
};

test('no setting is left out of the facts', () => {
  const facts = (config: RunConfig) => JSON.stringify(configFacts(config));
  const elsewhere = ['name', 'dataset.options.background'];
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    turns: { kind: 'several', discriminator: 5 },
    optimizer: {
      ...DEFAULT_RUN_CONFIG.optimizer,
      schedule: { kind: 'linear', from: 5, over: 100, floor: 0.5 },
    },
  };
  const silent = RUN_SETTINGS.map(({ path }) => path)
    .filter(isSettingPath)
    .filter((path) => {
      const other = structuredClone(config);
      setAt(other, path, OTHER_VALUES[path] ?? 7);
      return facts(other) === facts(config);
    });
  expect(silent).toEqual(elsewhere);
});

test('the facts of a data set have the number of pictures, their places, and how many were left out', () => {
  const { dataset } = DEFAULT_RUN_CONFIG;
  const paths = ['/home/me/cats', '/home/me/dogs', '/home/me/birds.zip'];
  const content = { preparation: 1, fingerprint: '0'.repeat(32), count: 40, classes: [] };
  const facts = configFacts({
    ...DEFAULT_RUN_CONFIG,
    dataset: { ...dataset, source: { kind: 'files', paths }, leftOut: ['1'.repeat(32)], content },
  });
  expect(facts.slice(0, 3)).toEqual([
    { name: 'Data set', value: 'cats and 2 more' },
    { name: 'Place', value: '/home/me/cats and 2 more', title: paths.join('\n') },
    { name: 'Pictures', value: '40\u00a0pictures, 1\u00a0left\u00a0out, 28\u00a0×\u00a028, grey' },
  ]);
});
