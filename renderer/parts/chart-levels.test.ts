/** Levels and error bars of a chart. */
import { expect, test } from 'vitest';
import { barsOf, fittingLevels, namesOfLevels, saidOfLevels } from './chart-levels.ts';

const level = (value: number) => ({ value, text: `at ${value}` });
const line = (...values: number[]) => ({ values: Float64Array.from(values) });

test('a level that would squeeze the lines is left out', () => {
  const fits = (...lines: ReturnType<typeof line>[]) =>
    fittingLevels([level(4), level(600)], lines).map(({ value }) => value);
  expect(fits(line(400, 50))).toEqual([4, 600]);
  expect(fits(line(60, 50))).toEqual([]);
  expect(fits(line(NaN, 50))).toEqual([4]);
  expect(fits(line(NaN))).toEqual([]);
});

test('texts of levels near each other stand below each other, on the side without an event', () => {
  const plot = {
    area: () => ({ left: 0, right: 100, top: 0, bottom: 90 }),
    pixelOf: (x: number, y: number) => ({ x, y: 90 - y }),
  };
  expect(namesOfLevels([level(40), level(42), level(500)], plot, [])).toEqual([
    { text: 'at 42', top: 34, left: 0, isLate: false },
    { text: 'at 40', top: 48, left: 0, isLate: false },
  ]);
  const sideBeside = (isLate: boolean) => namesOfLevels([level(40)], plot, [{ isLate }])[0]?.left;
  expect([sideBeside(true), sideBeside(false)]).toEqual([0, 100]);
});

test('a screen reader says the levels with the name of the chart', () => {
  expect(saidOfLevels('KID', [])).toBe('KID');
  expect(saidOfLevels('KID', [level(4)])).toBe('KID; to compare: at 4 4');
});

test('a value with an error has a bar, and one without has none', () => {
  const bars = barsOf({
    x: Float64Array.of(1, 2),
    values: Float64Array.of(10, 20),
    errors: Float64Array.of(NaN, 3),
  });
  expect(bars).toEqual([
    { x: 2, y: 17 },
    { x: 2, y: 23 },
    { x: 2, y: NaN },
  ]);
});
