/** What a run was trained with reads as words. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '#main/contract/index.ts';
import { configFacts, datasetName } from './config-facts.ts';

test('a folder is called by its last part, on every system', () => {
  expect(datasetName({ kind: 'folder', path: '/home/me/Pictures/tiles/' })).toBe('tiles');
  expect(datasetName({ kind: 'folder', path: 'C:\\Users\\me\\tiles' })).toBe('tiles');
  expect(datasetName({ kind: 'built-in', name: 'emoji' })).toBe('Emoji');
});

test('a choice tells its options, and the catalogue its label', () => {
  const facts = configFacts({ ...DEFAULT_RUN_CONFIG, gan: { kind: 'dcgan', options: { width: 32 } } }, { gan: 'DCGAN' });
  expect(facts.find(({ name }) => name === 'GAN')?.value).toBe('DCGAN, width\u00a032');
  expect(facts.find(({ name }) => name === 'Loss')?.value).toBe('non-saturating');
});

test('an optimiser tells its options, its schedule and its clipping, and that there are none', () => {
  const { optimizer } = DEFAULT_RUN_CONFIG;
  const told = (changes: Partial<typeof optimizer>) => Object.fromEntries(
    configFacts({ ...DEFAULT_RUN_CONFIG, optimizer: { ...optimizer, ...changes } }, { optimizer: 'The optimiser' }).map(({ name, value }) => [name, value]),
  );
  expect(told({})).toMatchObject({ 'Optimiser': 'The optimiser', 'Schedule': 'constant', 'Gradients clipped at': 'off' });
  expect(told({ options: { decay: 0.9 }, schedule: { kind: 'cosine', from: 500, over: 1000, floor: 0.1 }, clip: 2.5 })).toMatchObject({
    'Optimiser': 'The optimiser, decay\u00a00.9', 'Schedule': 'cosine, steps\u00a0500\u00a0to\u00a01,500, down\u00a0to\u00a00.1', 'Gradients clipped at': '2.5',
  });
});
