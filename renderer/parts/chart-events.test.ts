/** Changes are marked where they happened, and only within the range that the chart shows. */
import { expect, test } from 'vitest';
import { flagsOf, saidOf } from './chart-events.ts';

const plot = {
  area: () => ({ left: 10, right: 110, top: 5, bottom: 65 }),
  pixelOf: (x: number, y: number) => ({ x: 10 + x, y }),
};
const events = [-5, 0, 20, 60, 100, 130].map((x) => ({ x, text: `at ${x}` }));

test('only events in sight have flags, and the texts of neighbours stand in different rows', () => {
  expect(flagsOf(events, plot)).toEqual([
    { text: 'at 0', left: 10, top: 5, height: 60, row: 1, isLate: false },
    { text: 'at 20', left: 30, top: 5, height: 60, row: 2, isLate: false },
    { text: 'at 60', left: 70, top: 5, height: 60, row: 0, isLate: true },
    { text: 'at 100', left: 110, top: 5, height: 60, row: 1, isLate: true },
  ]);
});

test('a screen reader says the events with the name of the chart', () => {
  expect(saidOf('Losses', [])).toBe('Losses');
  expect(saidOf('Losses', [{ x: 1200, text: 'Loss: Hinge' }])).toBe('Losses; at step 1,200: Loss: Hinge');
});
