/** The table that `measure` prints. */
import { expect, test } from 'vitest';
import { measurementTable, type Measurement } from './measure.ts';

const measurement: Measurement = {
  run: 'Digits',
  step: 600,
  network: 'EfficientNet-Lite0',
  samples: 500,
  images: 500,
  trained: 1000,
  heldOut: 0,
  scores: {
    samples: { distance: { value: 0.0801 }, kid: { value: 267.62, error: 9.04 }, copies: { value: 0.002 } },
    heldOut: { distance: { value: 0.0694 }, kid: { value: -1.571, error: 5.35 } },
    untrained: { distance: { value: 5.13 }, kid: { value: 792.4, error: 16.1 }, copies: { value: 0 } },
    noise: { distance: { value: 3.59 }, kid: { value: 1150, error: 15 }, copies: { value: 0 } },
  },
  nearest: [],
  health: [
    {
      code: 'better',
      tone: 'progress',
      words: 'Getting better',
      threshold: 'The last measure is the best.',
      evidence: [],
      tries: [],
    },
  ],
};

test('a metric is a line, with its error, beside the data, an untrained generator and noise', () => {
  const lines = measurementTable(measurement).split('\n');
  const cells = lines.map((line) => line.split(/ {2,}/));
  expect(cells).toEqual([
    ['Digits at step 600: 500 samples against 500 of the data.'],
    ['', 'better', 'samples', 'data', 'untrained', 'noise'],
    ['Distance to the data', 'lower', '0.0801', '0.0694', '5.13', '3.59'],
    ['KID × 1000 on EfficientNet-Lite0', 'lower', '268 ± 9.04', '-1.57 ± 5.35', '792 ± 16.1', '1150 ± 15'],
    ['Copies', 'lower', '0.002', '-', '0', '0'],
    ['data: one half of the data against the other, since the run has no held-out pictures.'],
    ['Copies: among 1000 of the pictures trained on. --json names the nearest one of each sample.'],
    ['Health: Getting better.'],
    [''],
  ]);
  expect(new Set(lines.slice(1, 5).map(({ length }) => length)).size).toBe(1);
});

test('held-out pictures have a column of their own, and the run’s name is escaped', () => {
  const text = measurementTable({ ...measurement, run: 'a\u001b[2Jb', heldOut: 370, network: 'none' });
  expect(text).toContain('a\\x1b[2Jb at step 600');
  expect(text).toContain('held out');
  expect(text).toContain('held out: 370 pictures that the run does not train on.');
  expect(text).not.toMatch(/one half|Copies: among/);
});
