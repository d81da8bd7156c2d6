import { expect, test } from 'vitest';
import { studioEventSchema, type RunEvent } from '../contract/index.ts';
import { withFiniteNumbers } from './finite.ts';

test.each<[RunEvent, RunEvent]>([
  [
    {
      type: 'losses',
      step: 1,
      losses: { generator: 1, discriminator: NaN },
      measures: { 'ada/p': Infinity },
    },
    { type: 'losses', step: 1, losses: { generator: 1 }, measures: {} },
  ],
  [
    {
      type: 'measures',
      step: 1,
      values: { kid: NaN, variety: 2 },
      errors: { kid: NaN },
      signs: { variety: NaN, fakeRight: 1 },
    },
    { type: 'measures', step: 1, values: { variety: 2 }, errors: {}, signs: { fakeRight: 1 } },
  ],
  [
    { type: 'checkpoint-saved', step: 1, file: 'a', distance: -Infinity, trainedSeconds: 2 },
    { type: 'checkpoint-saved', step: 1, file: 'a', trainedSeconds: 2 },
  ],
  [
    { type: 'checkpoint-saved', step: 1, file: 'a', distance: 3 },
    { type: 'checkpoint-saved', step: 1, file: 'a', distance: 3 },
  ],
  [
    { type: 'resumed', step: 1 },
    { type: 'resumed', step: 1 },
  ],
])('numbers that are none are left out of %o, which the app then takes', (event, expected) => {
  const written = withFiniteNumbers(event);
  expect(written).toEqual(expected);
  expect(studioEventSchema.parse(written)).toEqual(expected);
});
