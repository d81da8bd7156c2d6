/** A series holds exactly the numbers that the run sent. */
import { expect, test } from 'vitest';
import { LossSeries } from './loss-series.ts';

test('every loss is kept exactly, past the first buffer', () => {
  const series = new LossSeries();
  for (let step = 1; step <= 3000; step++)
    series.add({ step, numbers: { discriminator: step / 3, generator: -step / 7 } });
  expect(series.length).toBe(3000);
  expect(series.steps[2999]).toBe(3000);
  expect(series.column('discriminator')[1]).toBe(2 / 3);
  expect(series.column('generator')[2999]).toBe(-3000 / 7);
});

test('steps trained again after a resume replace those that they repeat', () => {
  const series = new LossSeries();
  for (const step of [1, 2, 3, 4]) series.add({ step, numbers: { discriminator: 1, generator: 1 } });
  series.add({ step: 3, numbers: { discriminator: 5, generator: 6 } });
  expect([...series.steps]).toEqual([1, 2, 3]);
  expect([...series.column('discriminator')]).toEqual([1, 1, 5]);
});

test('a hundred thousand steps of the past come before the live ones, each step once', () => {
  const series = new LossSeries();
  series.add({ step: 100_000, numbers: { discriminator: 9, generator: 8 } });
  const steps = Uint32Array.from({ length: 100_000 }, (_, i) => i + 1);
  series.setPast(
    {
      steps,
      numbers: {
        discriminator: new Float32Array(100_000).fill(0.5),
        generator: new Float32Array(100_000).fill(1.5),
      },
    },
    100_000,
  );
  expect(series.length).toBe(100_000);
  expect(series.column('discriminator')[99_998]).toBe(0.5);
  expect(series.column('discriminator')[99_999]).toBe(9);
  series.dropBeyond(70_000);
  expect(series.steps.at(-1)).toBe(70_000);
});

test('a past that was read too early is filled in by the next reading', () => {
  const series = new LossSeries();
  const past = (last: number) => {
    const steps = Uint32Array.from({ length: last }, (_, i) => i + 1);
    return {
      steps,
      numbers: { discriminator: Float32Array.from(steps), generator: Float32Array.from(steps) },
    };
  };
  series.add({ step: 8, numbers: { discriminator: 80, generator: 80 } });
  series.setPast(past(5), 8);
  expect([...series.steps]).toEqual([1, 2, 3, 4, 5, 8]);
  series.setPast(past(9), 8);
  expect([...series.column('discriminator')]).toEqual([1, 2, 3, 4, 5, 6, 7, 80]);
});

test('at steps without a turn of a phase, its line has NaN, also before its first number', () => {
  const series = new LossSeries();
  for (const step of [1, 2, 3, 4])
    series.add({
      step,
      numbers: step % 2 === 0 ? { discriminator: step, generator: -step } : { discriminator: step },
    });
  expect(series.names).toEqual(['discriminator', 'generator']);
  expect([...series.column('discriminator')]).toEqual([1, 2, 3, 4]);
  expect([...series.column('generator')]).toEqual([NaN, -2, NaN, -4]);
  series.add({ step: 3, numbers: { discriminator: 30 } });
  expect([...series.column('generator')]).toEqual([NaN, -2, NaN]);
  expect([...series.column('no-such-phase')]).toEqual([NaN, NaN, NaN]);
});

test('a past with gaps, and with a new name, keeps every number at its step', () => {
  const series = new LossSeries();
  series.add({ step: 3, numbers: { discriminator: 3 } });
  series.setPast({ steps: Uint32Array.of(1, 2), numbers: { generator: Float32Array.of(NaN, 20) } }, 3);
  expect([...series.steps]).toEqual([1, 2, 3]);
  expect([...series.column('discriminator')]).toEqual([NaN, NaN, 3]);
  expect([...series.column('generator')]).toEqual([NaN, 20, NaN]);
});
