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
  expect(facts.find(({ name }) => name === 'GAN')?.value).toBe('DCGAN, width 32');
  expect(facts.find(({ name }) => name === 'Loss')?.value).toBe('non-saturating');
});
