import { expect, test } from 'vitest';
import { PRESETS } from '../catalogue/index.ts';
import { recommendedPreset, type DataToTrainOn } from './recommended.ts';

const pictures = (count: number, classes = 0): DataToTrainOn => ({ data: 'pictures', count, classes });

test.each<[string, DataToTrainOn, string]>([
  ['points of the plane', { data: 'points', count: 10_000, classes: 0 }, 'classroom'],
  ['8 pictures', pictures(8), 'few-images'],
  ['290 pictures', pictures(290), 'few-images'],
  ['290 pictures in one folder', pictures(290, 1), 'few-images'],
  ['1,000 pictures', pictures(1000), 'few-images'],
  ['1,001 pictures', pictures(1001), 'all-round'],
  ['60,000 pictures', pictures(60_000), 'all-round'],
  ['two classes of 150', pictures(300, 2), 'with-classes'],
  ['ten classes of 6,000', pictures(60_000, 10), 'with-classes'],
  ['three classes of 20', pictures(60, 3), 'with-classes'],
  ['three classes of 19 and less', pictures(57, 3), 'few-images'],
  ['200 classes of 6', pictures(1200, 200), 'all-round'],
])('for %s the first preset that suits them is recommended', (_, data, kind) => {
  expect(recommendedPreset(PRESETS, data)?.kind).toBe(kind);
});

test('a preset that says nothing of data is never recommended, and without one that suits there is none', () => {
  expect(recommendedPreset([{}, { suits: { data: 'points' } }], pictures(10))).toBeUndefined();
  expect(
    recommendedPreset([{ suits: { data: 'pictures', classes: false } }], pictures(10, 2)),
  ).toBeUndefined();
});
