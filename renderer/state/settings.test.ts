/** Settings of the next run that depend on each other change together. */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  PLAIN_OPTIMIZER,
  PLAIN_TURNS,
  type Catalogue,
  type DatasetSummary,
} from '#main/contract/index.ts';
import { Settings } from './settings.svelte.ts';
import { fakeApi } from './test-api.ts';

const entry = (kind: string) => ({
  kind,
  label: kind.toUpperCase(),
  summary: `What ${kind} does.`,
  paper: { title: '', url: '' },
  options: {
    properties: {
      memory: { type: 'number', title: 'Memory', minimum: 0, maximum: 0.99, default: 0.5 },
      reach: { type: 'number', title: 'Reach', exclusiveMinimum: 0, maximum: 9, default: 1 },
    },
  },
});
const explanation = { discriminator: '', generator: '', pseudocode: [] };
const explained = (kind: string) => ({ ...entry(kind), explanation });
const gan = (kind: string) => ({ ...explained(kind), phases: [], uses: [] });
const hinge = { kind: 'hinge', options: {} };
const catalogue: Catalogue = {
  gans: [
    { ...gan('dcgan'), recommends: {} },
    { ...gan('square'), recommends: { loss: { kind: 'square', options: {} } } },
    {
      ...gan('critic'),
      recommends: { loss: hinge, turns: { kind: 'several', discriminator: 5 }, batch: 16 },
    },
  ],
  losses: [explained('hinge')],
  stabilisers: [explained('noise'), explained('penalty'), explained('packing')],
  optimizers: [entry('adam'), entry('sgd')],
  metrics: [],
  presets: [
    {
      kind: 'few',
      label: 'Few pictures',
      summary: 'For few.',
      suits: { data: 'pictures', atMost: 90 },
      recommends: { steps: 900, averaging: 0.9, gan: { kind: 'square', options: {} } },
    },
    {
      kind: 'fast',
      label: 'Fast look',
      summary: 'To see something soon.',
      recommends: { steps: 500, batch: 128, stabilisers: [{ kind: 'noise', options: {} }] },
    },
  ],
};
const newSettings = () => new Settings(fakeApi({ 'catalogue.list': () => catalogue }).api);

async function loaded(): Promise<Settings> {
  const settings = newSettings();
  await settings.load();
  return settings;
}

test('a list of the catalogue becomes items of a select, once it has loaded', async () => {
  const settings = newSettings();
  expect(settings.choices('optimizers')).toEqual([]);
  await settings.load();
  expect(settings.choices('optimizers')).toEqual([
    { value: 'adam', label: 'ADAM', description: 'What adam does.' },
    { value: 'sgd', label: 'SGD', description: 'What sgd does.' },
  ]);
});

test('another optimiser has its own options, and leaves rates, schedule and clipping alone', () => {
  const settings = newSettings();
  settings.chooseSchedule('cosine');
  settings.draft.optimizer.options = { beta1: 0.9 };
  settings.draft.optimizer.clip = 3;
  const { optimizer } = settings.configFor(DEFAULT_RUN_CONFIG.dataset);
  settings.chooseOptimizer('sgd');
  expect(settings.draft.optimizer).toEqual({ ...optimizer, kind: 'sgd', options: {} });
});

test('a fall of the learning rates begins as one over the whole run, and keeps its numbers in another form', () => {
  const settings = newSettings();
  settings.draft.steps = 500;
  settings.chooseSchedule('linear');
  expect(settings.draft.optimizer.schedule).toEqual({ kind: 'linear', from: 0, over: 500, floor: 0 });
  settings.draft.optimizer.schedule.from = 100;
  settings.chooseSchedule('cosine');
  expect(settings.draft.optimizer.schedule).toEqual({ kind: 'cosine', from: 100, over: 500, floor: 0 });
});

test('a fault of a schedule is named by its field, and gone with the schedule', () => {
  const settings = newSettings();
  settings.draft.steps = NaN;
  settings.chooseSchedule('linear');
  expect(settings.draft.optimizer.schedule.over).toBe(PLAIN_OPTIMIZER.schedule.over);
  settings.draft.steps = 500;
  settings.draft.optimizer.schedule.over = 0;
  expect(settings.problem).toMatch(/^Fall over \(steps\): /);
  settings.chooseSchedule('constant');
  expect(settings.draft.optimizer.schedule).toEqual(PLAIN_OPTIMIZER.schedule);
  expect(settings.problem).toBeUndefined();
});

test('a setting is changed by its path, with the settings that depend on it', () => {
  const settings = newSettings();
  settings.set('optimizer.learningRate.generator', 0.5);
  settings.set('turns.kind', 'several');
  settings.set('optimizer.schedule.kind', 'linear');
  settings.set('name', 'Mine');
  settings.set('batch', 50);
  settings.adopt(summary(40));
  expect(settings.name).toBe('Mine');
  expect(settings.draft).toMatchObject({
    batch: 40,
    turns: { kind: 'several', discriminator: 5 },
    optimizer: { learningRate: { generator: 0.5 }, schedule: { kind: 'linear', over: settings.draft.steps } },
  });
});

test('a fault of a setting is named by its label, with its limits', () => {
  const settings = newSettings();
  settings.set('batch', 1);
  expect(settings.problem).toBe('Batch: 1 is too small; choose a whole number from 2 to 1024.');
  settings.set('batch', NaN);
  expect(settings.problem).toBe('Batch: no number is entered; choose a whole number from 2 to 1024.');
});

test('a copy of a run has all of its settings', () => {
  const settings = newSettings();
  const config = {
    ...DEFAULT_RUN_CONFIG,
    averaging: 0.5,
    checkpoints: { everySteps: 7, everyMinutes: 2, keep: 1 },
  };
  settings.takeOver(config);
  expect(settings.configFor(config.dataset)).toEqual({ ...config, name: 'Digits, changed' });
});

test('clipping below zero is refused by name', () => {
  const settings = newSettings();
  settings.draft.optimizer.clip = -1;
  expect(settings.problem).toMatch(/^Clip gradients at norm: /);
});

test('an option outside its range is refused by name, and forgotten with its optimiser', async () => {
  const settings = newSettings();
  await settings.load();
  settings.draft.optimizer.options['memory'] = 0.9;
  expect(settings.problem).toBeUndefined();
  settings.draft.optimizer.options['memory'] = 3;
  expect(settings.problem).toBe('Memory: 3 is too large; choose a number from 0 to 0.99.');
  settings.chooseOptimizer('sgd');
  expect(settings.problem).toBeUndefined();
});

test('an option that must be above 0 is refused at 0', async () => {
  const settings = await loaded();
  settings.draft.optimizer.options['reach'] = 0;
  expect(settings.problem).toBe('Reach: 0 is too small; choose a number above 0 and at most 9.');
  settings.draft.optimizer.options['reach'] = 0.1;
  expect(settings.problem).toBeUndefined();
});

const summary = (count: number): DatasetSummary => ({
  id: '1',
  ...DEFAULT_RUN_CONFIG.dataset,
  source: { kind: 'files', paths: ['/tiles'] },
  name: 'Tiles',
  taken: '',
  count,
  usable: count,
  filesSeen: count,
  leftOutByHand: [],
  leftOut: [],
  notes: [],
  formats: {},
  classes: [],
});

test('a GAN brings its recommended settings, and takes them with it when another is chosen', async () => {
  const settings = await loaded();
  settings.draft.steps = 7;
  settings.draft.averaging = 0.5;
  settings.chooseGan('critic');
  expect(settings.draft).toMatchObject({
    gan: { kind: 'critic', options: {} },
    loss: hinge,
    turns: { kind: 'several', discriminator: 5 },
    batch: 16,
  });
  expect(settings.usual).toBe('Set as recommended: loss, update order and batch.');
  settings.draft.turns.discriminator = 2;
  expect(settings.usual).toBeUndefined();
  settings.chooseGan('square');
  expect(settings.usual).toBe('Set as recommended: loss.');
  settings.chooseGan('dcgan');
  expect(settings.draft).toMatchObject({
    loss: DEFAULT_RUN_CONFIG.loss,
    turns: PLAIN_TURNS,
    batch: DEFAULT_RUN_CONFIG.batch,
    steps: 7,
    averaging: 0.5,
  });
});

test('changes of settings do not change the catalogue', async () => {
  const settings = await loaded();
  settings.chooseGan('critic');
  settings.draft.loss.options['memory'] = 0.9;
  settings.draft.turns.discriminator = 9;
  settings.chooseGan('critic');
  expect(settings.draft).toMatchObject({ loss: hinge, turns: { discriminator: 5 } });
});

test('a preset replaces the settings that presets are about, and leaves name, seed and samples', async () => {
  const settings = await loaded();
  settings.adopt(summary(100));
  settings.draft.seed = 9;
  settings.draft.samples.count = 4;
  settings.chooseGan('critic');
  settings.origin.choose('fast');
  expect(settings.draft).toMatchObject({
    gan: DEFAULT_RUN_CONFIG.gan,
    loss: DEFAULT_RUN_CONFIG.loss,
    steps: 500,
    seed: 9,
    samples: { count: 4 },
    batch: 100,
    stabilisers: [{ kind: 'noise' }],
  });
  expect([settings.name, settings.origin.preset?.kind]).toEqual(['Tiles', 'fast']);
});

test('the preset recommended for a data set is set, until the person has chosen or changed something', async () => {
  const settings = newSettings();
  settings.adopt(summary(50));
  await settings.load();
  expect([settings.origin.preset?.kind, settings.draft.steps, settings.origin.isChanged]).toEqual([
    'few',
    900,
    false,
  ]);
  settings.adopt(summary(100));
  expect([settings.origin.recommended, settings.origin.preset, settings.draft.steps]).toEqual([
    undefined,
    undefined,
    20_000,
  ]);
  settings.adopt(summary(50));
  settings.set('averaging', 0.5);
  settings.adopt(summary(100));
  expect([settings.origin.preset?.kind, settings.draft.averaging]).toEqual(['few', 0.5]);
  settings.origin.choose('fast');
  settings.adopt(summary(50));
  expect(settings.origin.preset?.kind).toBe('fast');
  settings.reset();
  expect([settings.origin.preset?.kind, settings.draft.averaging]).toEqual(['few', 0.9]);
});

test('a preset does not count as changed by name, seed, length, or a batch that fits few pictures', async () => {
  const settings = await loaded();
  settings.adopt(summary(50));
  settings.origin.choose('fast');
  settings.set('name', 'Mine');
  settings.set('seed', 7);
  settings.set('steps', 12);
  settings.draft.gan.options['memory'] = 0.5; // as it starts
  expect([settings.draft.batch, settings.origin.isChanged]).toEqual([50, false]);
  settings.draft.gan.options['memory'] = 0.6;
  expect([settings.origin.preset?.kind, settings.origin.isChanged]).toEqual(['fast', true]);
  settings.origin.undoChanges();
  expect(settings.draft).toMatchObject({ gan: { options: {} }, seed: 7, steps: 12, batch: 50 });
  expect([settings.name, settings.origin.isChanged]).toEqual(['Mine', false]);
});

test('changed settings that a preset replaced can be restored, also after other presets', async () => {
  const settings = await loaded();
  settings.adopt(summary(50));
  settings.origin.choose('fast');
  expect(settings.origin.replaced).toBeUndefined();
  settings.chooseGan('critic');
  settings.setBatch(20);
  settings.origin.choose('few');
  settings.origin.choose('fast');
  settings.set('seed', 7);
  expect([settings.draft.gan.kind, settings.origin.isChanged]).toEqual(['dcgan', false]);
  settings.origin.restoreChanges();
  expect(settings.draft).toMatchObject({ gan: { kind: 'critic' }, batch: 20, seed: 7, steps: 500 });
  expect([settings.origin.preset?.kind, settings.origin.isChanged]).toEqual(['fast', true]);
  expect(settings.origin.replaced).toBeUndefined();
  settings.origin.undoChanges();
  settings.origin.restoreChanges();
  expect([settings.draft.gan.kind, settings.draft.batch]).toEqual(['critic', 20]);
});

test('a name that was typed or taken over is dropped with its data set', async () => {
  const settings = await loaded();
  const other = { kind: 'files', paths: ['/cats'] } as const;
  settings.adopt(summary(50));
  settings.set('name', 'Mine');
  settings.adopt(summary(49));
  expect(settings.name).toBe('Mine');
  settings.adopt({ ...summary(50), source: other, name: 'Cats' } as unknown as DatasetSummary);
  expect(settings.name).toBe('Cats');
  settings.takeOver({
    ...DEFAULT_RUN_CONFIG,
    dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'files', paths: ['/tiles'] } },
  });
  settings.adopt(summary(50));
  expect(settings.configFor(DEFAULT_RUN_CONFIG.dataset).name).toBe('Digits, changed');
  settings.adopt({ ...summary(50), source: other, name: 'Cats' } as unknown as DatasetSummary);
  expect(settings.name).toBe('Cats');
});

test('no two runs get the same name, unless the person types it', () => {
  const taken = ['Tiles', 'Tiles 2', 'Digits, changed'];
  const settings = new Settings(fakeApi().api, DEFAULT_RUN_CONFIG, () => taken);
  settings.adopt(summary(50));
  expect(settings.name).toBe('Tiles 3');
  taken.splice(0);
  settings.takeOver(DEFAULT_RUN_CONFIG);
  expect(settings.name).toBe('Digits, changed');
  settings.set('name', '');
  expect(settings.problem).toMatch(/^Name: /);
});

test('a kept time sets the steps, and typed steps stay', async () => {
  const settings = await loaded();
  settings.adopt(summary(50));
  settings.length.setSeconds(600, undefined);
  expect(settings.draft.steps).toBe(900);
  settings.length.keepTime({ secondsToBegin: 10, secondsPerStep: 0.1 });
  expect(settings.draft.steps).toBe(5900);
  settings.origin.choose('fast');
  settings.length.keepTime({ secondsToBegin: 0, secondsPerStep: 0.5 });
  expect(settings.draft.steps).toBe(1200);
  settings.set('steps', 77);
  settings.length.keepTime({ secondsToBegin: 0, secondsPerStep: 1 });
  settings.origin.choose('few');
  expect(settings.draft.steps).toBe(77);
  settings.length.setStepsOfPreset();
  settings.origin.choose('fast');
  expect(settings.draft.steps).toBe(500);
});

test('a kept time waits for the pace of the present settings, and a pace without a meaning changes no steps', async () => {
  const settings = await loaded();
  const pace = { secondsToBegin: 10, secondsPerStep: 0.1 };
  settings.adopt(summary(50));
  expect(settings.length.isPending).toBe(false);
  settings.length.setSeconds(600, undefined);
  settings.length.keepTime({ secondsToBegin: 10, secondsPerStep: NaN });
  expect([settings.length.isPending, settings.draft.steps]).toEqual([true, 900]);
  settings.length.keepTime(pace);
  expect([settings.length.isPending, settings.draft.steps]).toEqual([false, 5900]);
  settings.set('seed', 5);
  expect(settings.length.isPending).toBe(false);
  settings.origin.choose('fast');
  expect(settings.length.isPending).toBe(true);
  settings.length.keepTime(pace);
  settings.adopt(summary(40));
  expect(settings.length.isPending).toBe(true);
  settings.set('steps', 77);
  expect(settings.length.isPending).toBe(false);
});

test('a fix of a refusal changes the settings', async () => {
  const settings = await loaded();
  settings.addStabiliser('packing');
  settings.mend({ kind: 'remove', stabiliser: 'packing' });
  settings.mend({ kind: 'set', path: 'batch', value: 54 });
  settings.mend({ kind: 'set', path: 'no.such', value: 54 });
  settings.mend({ kind: 'choose', part: 'gans', entry: 'square' });
  settings.mend({ kind: 'option', name: 'normalisation', value: 'layer' });
  expect(settings.draft).toMatchObject({
    batch: 54,
    stabilisers: [],
    gan: { kind: 'square', options: { normalisation: 'layer' } },
    loss: { kind: 'square' },
  });
});

test('stabilisers are in the order in which they are applied, each once', async () => {
  const settings = await loaded();
  for (const kind of ['packing', 'noise', 'penalty', 'noise']) settings.addStabiliser(kind);
  expect(settings.draft.stabilisers.map(({ kind }) => kind)).toEqual(['noise', 'penalty', 'packing']);
  settings.draft.stabilisers[1]!.options['memory'] = 3;
  expect(settings.problem).toBe('Memory: 3 is too large; choose a number from 0 to 0.99.');
  settings.removeStabiliser('penalty');
  expect(settings.problem).toBeUndefined();
});

test('several updates of D begin as five, and keep their number', () => {
  const settings = newSettings();
  settings.chooseTurns('several');
  expect(settings.draft.turns).toEqual({ kind: 'several', discriminator: 5 });
  settings.draft.turns.discriminator = 2;
  settings.chooseTurns('together');
  settings.chooseTurns('several');
  expect(settings.draft.turns.discriminator).toBe(2);
});

test('the config of a run has the classes of its data set', () => {
  const { dataset } = DEFAULT_RUN_CONFIG;
  expect(newSettings().configFor(dataset, ['cats', 'dogs']).classes).toEqual(['cats', 'dogs']);
  expect(newSettings().configFor(dataset).classes).toEqual([]);
});
