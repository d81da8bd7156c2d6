/** A tile shows the picture that its preset made, if there is one. */
import { expect, test } from 'vitest';
import { pictureIn } from './preset-pictures.ts';

const files = { '../../../assets/presets/fast-look.png': '/a.png' };

test('a picture comes with the seed and the step that made it', () => {
  const records = { 'fast-look': { seed: 1, step: 3000 } };
  expect(pictureIn(files, { kind: 'fast-look', records })).toEqual({
    url: '/a.png',
    words: 'Made by this preset: seed 1, step 3,000',
  });
});

test('a picture without a record says nothing, and a preset without a picture has none', () => {
  expect(pictureIn(files, { kind: 'fast-look', records: undefined })?.words).toBeUndefined();
  expect(pictureIn(files, { kind: 'fast-look', records: { 'fast-look': 'x' } })?.words).toBeUndefined();
  expect(pictureIn(files, { kind: 'look', records: {} })).toBeUndefined();
});
