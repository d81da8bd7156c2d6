/** What the loss chart reads must be what the run sent. */
import { expect, test } from 'vitest';
import { LossSeries } from './loss-series.ts';

test('every loss is kept exactly, past the first buffer', () => {
  const series = new LossSeries();
  for (let step = 1; step <= 3000; step++) series.add({ step, discriminator: step / 3, generator: -step / 7 });
  expect(series.length).toBe(3000);
  expect(series.steps[2999]).toBe(3000);
  expect(series.discriminator[1]).toBe(2 / 3);
  expect(series.generator[2999]).toBe(-3000 / 7);
});

test('steps trained again after a resume replace the ones they repeat', () => {
  const series = new LossSeries();
  for (const step of [1, 2, 3, 4]) series.add({ step, discriminator: 1, generator: 1 });
  series.add({ step: 3, discriminator: 5, generator: 6 });
  expect([...series.steps]).toEqual([1, 2, 3]);
  expect([...series.discriminator]).toEqual([1, 1, 5]);
});
