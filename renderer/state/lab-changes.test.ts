/** Changes of settings are named, and marked on the curves where they happened. */
import { expect, test } from 'vitest';
import { LAB_CONFIG, type RunConfig } from '#main/contract/index.ts';
import { changeWords, withMark } from './lab-changes.ts';
import type { Settings } from './settings.svelte.ts';

const names = {
  entry: (_: string, kind: string) => ({ label: kind.toUpperCase() }),
} as unknown as Pick<Settings, 'entry'>;
const words = (changes: Partial<RunConfig>): string =>
  changeWords(LAB_CONFIG, { ...LAB_CONFIG, ...changes }, names);
const { optimizer } = LAB_CONFIG;

test('one or two changes are named', () => {
  expect(words({ loss: { kind: 'hinge', options: {} } })).toBe('Loss: HINGE');
  expect(words({ loss: { ...LAB_CONFIG.loss, options: { x: 1 } } })).toBe('Loss options');
  expect(words({ batch: 16, optimizer: { ...optimizer, kind: 'sgd' } })).toBe('Optimiser: SGD, batch: 16');
  expect(
    words({ optimizer: { ...optimizer, learningRate: { ...optimizer.learningRate, generator: 0.5 } } }),
  ).toBe('Learning rate of G: 0.5');
  expect(words({ stabilisers: [...LAB_CONFIG.stabilisers, { kind: 'packing', options: {} }] })).toBe(
    'With PACKING',
  );
});

test('marks are few, and the same words again move the mark', () => {
  const marks = [{ x: 10, text: 'Points: your own' }];
  expect(withMark(marks, { x: 30, text: 'Points: your own' })).toEqual([{ x: 30, text: 'Points: your own' }]);
  expect(withMark(marks, { x: 30, text: '' })).toEqual(marks);
  expect(withMark(marks, { x: 30, text: 'Batch: 8' })).toHaveLength(2);
  let many: { x: number; text: string }[] = [];
  for (let x = 1; x <= 40; x++) many = withMark(many, { x, text: `Batch: ${x}` });
  expect(many.map(({ x }) => x)).toEqual([29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
});

test('more of them are only counted, and those without an effect in the lab are left out', () => {
  const stabilisers = [{ kind: 'packing', options: {} }];
  const before = { ...LAB_CONFIG, stabilisers };
  expect(changeWords(before, { ...LAB_CONFIG, stabilisers: [] }, names)).toBe('Without PACKING');
  expect(
    words({ batch: 16, gan: { kind: 'other', options: {} }, z: { size: 3, distribution: 'uniform' } }),
  ).toBe('3 settings changed');
  expect(words({ seed: 9, name: 'Other' })).toBe('');
});
