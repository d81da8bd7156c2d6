/** The settings of the next run hold together when a choice among them changes. */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  PLAIN_OPTIMIZER,
  PLAIN_TURNS,
  type Api,
  type Catalogue,
  type DatasetSummary,
} from '#main/contract/index.ts';
import { Settings } from './settings.svelte.ts';

const entry = (kind: string) => ({
  kind,
  label: kind.toUpperCase(),
  summary: `What ${kind} does.`,
  paper: { title: '', url: '' },
  options: {
    properties: { memory: { type: 'number', title: 'Memory', minimum: 0, maximum: 0.99, default: 0.5 } },
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
      kind: 'fast',
      label: 'Fast look',
      summary: 'To see something soon.',
      recommends: { steps: 500, batch: 128, stabilisers: [{ kind: 'noise', options: {} }] },
    },
  ],
};
const newSettings = () =>
  new Settings({ call: async () => catalogue, subscribe: () => () => undefined } as unknown as Api);

async function loaded(): Promise<Settings> {
  const settings = newSettings();
  await settings.load();
  return settings;
}

test('the catalogue is a list of items to select from, once it has come', async () => {
  const settings = newSettings();
  expect(settings.choices('optimizers')).toEqual([]);
  await settings.load();
  expect(settings.choices('optimizers')).toEqual([
    { value: 'adam', label: 'ADAM', description: 'What adam does.' },
    { value: 'sgd', label: 'SGD', description: 'What sgd does.' },
  ]);
});

test('another optimiser starts with its own options, and leaves rates, schedule and clipping alone', () => {
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

test('what is wrong with a schedule is said by the name of its field, and gone with the schedule', () => {
  const settings = newSettings();
  settings.draft.steps = NaN;
  settings.chooseSchedule('linear');
  expect(settings.draft.optimizer.schedule.over).toBe(PLAIN_OPTIMIZER.schedule.over);
  settings.draft.steps = 500;
  settings.draft.optimizer.schedule.over = 0;
  expect(settings.problem).toMatch(/^Over steps: /);
  settings.chooseSchedule('constant');
  expect(settings.draft.optimizer.schedule).toEqual(PLAIN_OPTIMIZER.schedule);
  expect(settings.problem).toBeUndefined();
});

test('a setting is changed by its path, with what hangs together with it', () => {
  const settings = newSettings();
  settings.set('optimizer.learningRate.generator', 0.5);
  settings.set('turns.kind', 'several');
  settings.set('optimizer.schedule.kind', 'linear');
  settings.set('name', 'Mine');
  settings.set('batch', 50);
  settings.adopt(summary(40));
  expect(settings.draft).toMatchObject({
    name: 'Mine',
    batch: 40,
    turns: { kind: 'several', discriminator: 5 },
    optimizer: { learningRate: { generator: 0.5 }, schedule: { kind: 'linear', over: settings.draft.steps } },
  });
});

test('what is wrong with a setting is said by its label, with its limits', () => {
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
  expect(settings.draft).toEqual({ ...config, name: 'Digits, changed' });
});

test('clipping below zero is refused by name', () => {
  const settings = newSettings();
  settings.draft.optimizer.clip = -1;
  expect(settings.problem).toMatch(/^Clip gradients at: /);
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

const summary = (count: number): DatasetSummary => ({
  id: '1',
  ...DEFAULT_RUN_CONFIG.dataset,
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

test('a GAN comes with its usual settings, and takes them away with it', async () => {
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
  expect(settings.usual).toBe('Its usual loss, turns and batch are set.');
  settings.draft.turns.discriminator = 2;
  expect(settings.usual).toBeUndefined();
  settings.chooseGan('square');
  expect(settings.usual).toBe('Its usual loss is set.');
  settings.chooseGan('dcgan');
  expect(settings.draft).toMatchObject({
    loss: DEFAULT_RUN_CONFIG.loss,
    turns: PLAIN_TURNS,
    batch: DEFAULT_RUN_CONFIG.batch,
    steps: 7,
    averaging: 0.5,
  });
});

test("what a person changes is not written into the catalogue's own settings", async () => {
  const settings = await loaded();
  settings.chooseGan('critic');
  settings.draft.loss.options['memory'] = 0.9;
  settings.draft.turns.discriminator = 9;
  settings.chooseGan('critic');
  expect(settings.draft).toMatchObject({ loss: hinge, turns: { discriminator: 5 } });
});

test('a preset is a new run with its settings, for the dataset that is there', async () => {
  const settings = await loaded();
  settings.adopt(summary(100));
  settings.draft.seed = 9;
  settings.chooseGan('critic');
  settings.applyPreset('fast');
  expect(settings.draft).toMatchObject({
    name: 'Tiles',
    gan: DEFAULT_RUN_CONFIG.gan,
    loss: DEFAULT_RUN_CONFIG.loss,
    steps: 500,
    seed: 1,
    batch: 100,
    stabilisers: [{ kind: 'noise' }],
  });
  expect(settings.preset).toBe('fast');
  settings.draft.steps = 501;
  expect(settings.preset).toBeUndefined();
});

test('stabilisers stand in the order in which they take hold, each once', async () => {
  const settings = await loaded();
  for (const kind of ['packing', 'noise', 'penalty', 'noise']) settings.addStabiliser(kind);
  expect(settings.draft.stabilisers.map(({ kind }) => kind)).toEqual(['noise', 'penalty', 'packing']);
  settings.draft.stabilisers[1]!.options['memory'] = 3;
  expect(settings.problem).toBe('Memory: 3 is too large; choose a number from 0 to 0.99.');
  settings.removeStabiliser('penalty');
  expect(settings.problem).toBeUndefined();
});

test('several turns of D begin as five, and keep their number', () => {
  const settings = newSettings();
  settings.chooseTurns('several');
  expect(settings.draft.turns).toEqual({ kind: 'several', discriminator: 5 });
  settings.draft.turns.discriminator = 2;
  settings.chooseTurns('together');
  settings.chooseTurns('several');
  expect(settings.draft.turns.discriminator).toBe(2);
});

test("a run is told the dataset's classes", () => {
  const { dataset } = DEFAULT_RUN_CONFIG;
  expect(newSettings().configFor(dataset, ['cats', 'dogs']).classes).toEqual(['cats', 'dogs']);
  expect(newSettings().configFor(dataset).classes).toEqual([]);
});
