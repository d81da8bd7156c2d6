/** The settings of the next run hold together when a choice among them changes. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, PLAIN_OPTIMIZER, type Api, type Catalogue } from '#main/contract/index.ts';
import { Settings } from './settings.svelte.ts';

const entry = (kind: string) => ({
  kind, label: kind.toUpperCase(), summary: `What ${kind} does.`, paper: { title: '', url: '' },
  options: { properties: { memory: { type: 'number', title: 'Memory', minimum: 0, maximum: 0.99, default: 0.5 } } },
});
const catalogue: Catalogue = { gans: [], losses: [], optimizers: [entry('adam'), entry('sgd')] };
const newSettings = () => new Settings({ call: async () => catalogue, subscribe: () => () => undefined } as unknown as Api);

test('the catalogue is a list of items to select from, once it has come', async () => {
  const settings = newSettings();
  expect(settings.choices('optimizers')).toEqual([]);
  await settings.load();
  expect(settings.choices('optimizers')).toEqual([
    { value: 'adam', label: 'ADAM', description: 'What adam does.' }, { value: 'sgd', label: 'SGD', description: 'What sgd does.' },
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
  expect(settings.problem).toBe('Memory: not in its range.');
  settings.chooseOptimizer('sgd');
  expect(settings.problem).toBeUndefined();
});
