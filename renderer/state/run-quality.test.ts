/** Scores belong to the step that was measured, however late they come. */
import { beforeEach, expect, test } from 'vitest';
import { RunQuality } from './run-quality.svelte.ts';

let quality: RunQuality;
beforeEach(() => {
  quality = new RunQuality();
});

const past = {
  metrics: {
    steps: Uint32Array.of(0, 500),
    values: { distance: Float32Array.of(4, 2), kid: Float32Array.of(NaN, 50) },
    errors: { kid: Float32Array.of(NaN, 3) },
  },
  yardsticks: { noise: { kid: { value: 600 } } },
  best: { step: 500, metric: 'kid', value: 50, error: 3 },
};

test('a score that comes late joins the others of its step', () => {
  quality.add({ step: 500, values: { distance: 2 } });
  quality.add({ step: 1000, values: { distance: 1 } });
  quality.add({ step: 1040, of: 500, values: { kid: 50 }, errors: { kid: 3 } });
  quality.add({ step: 1060, of: 700, values: { kid: 40 } });
  expect(quality.rows).toEqual([
    { step: 500, scores: { distance: { value: 2 }, kid: { value: 50, error: 3 } } },
    { step: 700, scores: { kid: { value: 40 } } },
    { step: 1000, scores: { distance: { value: 1 } } },
  ]);
  expect(quality.newest).toEqual({ distance: { value: 1 }, kid: { value: 40 } });
});

test('scores that came as events replace those of the past, which may be read twice', () => {
  quality.add({ step: 600, of: 500, values: { kid: 49 } });
  quality.addPast(past);
  quality.addPast(past);
  expect(quality.rows).toEqual([
    { step: 0, scores: { distance: { value: 4 } } },
    { step: 500, scores: { distance: { value: 2 }, kid: { value: 49 } } },
  ]);
  expect(quality.best?.step).toBe(500);
  expect(quality.yardsticks.noise?.['kid']?.value).toBe(600);
});

test('going back to a step drops later scores, and a best checkpoint of a later step', () => {
  quality.addPast(past);
  quality.dropBeyond(400);
  expect(quality.rows.map(({ step }) => step)).toEqual([0]);
  expect(quality.best).toBeUndefined();
  expect(quality.has('kid')).toBe(false);
});

test('the best score of a metric is its lowest or its highest, with its step', () => {
  expect(quality.bestBy({ kind: 'distance', better: 'down' })).toBeUndefined();
  [0.5, NaN, 0.2, 0.3].forEach((distance, index) =>
    quality.add({ step: (index + 1) * 100, values: { distance } }),
  );
  expect(quality.bestBy({ kind: 'distance', better: 'down' })).toEqual({ step: 300, value: 0.2 });
  expect(quality.bestBy({ kind: 'distance', better: 'up' })?.step).toBe(100);
});
