/** Checkpoints, the one that is open and the health of a run in words. */
import { expect, test } from 'vitest';
import { givenUpWords, scoresInShort } from './checkpoint-words.ts';
import { evidenceOf, grouped, illWords } from './health-words.ts';
import { lookedCheckpoint } from './looked-checkpoint.ts';
import { RunQuality } from './run-quality.svelte.ts';

const METRICS = [
  { kind: 'distance', label: 'Distance', summary: '', unit: '', better: 'down' as const },
  { kind: 'kid', label: 'KID on X', summary: '', unit: '', better: 'down' as const },
  { kind: 'recall', label: 'Recall', summary: '', unit: '', better: 'up' as const },
];

test('a checkpoint shows at most two scores, KID before others', () => {
  const scores = { distance: { value: 0.2 }, kid: { value: 52, error: 3 }, recall: { value: 0.5 } };
  expect(scoresInShort(scores, METRICS)).toBe('KID: 52 ± 3 · Recall: 0.5');
  expect(scoresInShort({ distance: { value: 0.2 } }, METRICS)).toBe('Distance: 0.2');
  expect(scoresInShort({}, METRICS)).toBe('');
});

test('what resuming from an earlier checkpoint gives up is counted', () => {
  const checkpoints = [{ step: 3000 }, { step: 2500 }, { step: 500 }];
  expect(givenUpWords(500, { newest: 3000, checkpoints })).toBe(
    'The 2,500 steps after it are given up, with their losses, their samples and 2 checkpoints. The files stay in the run’s folder, in checkpoints/given-up.',
  );
  expect(givenUpWords(3000, { newest: 3000, checkpoints })).toBeUndefined();
});

test('a run under way has no checkpoint open; any other knows whether its open checkpoint is the best', () => {
  const quality = new RunQuality();
  quality.best = { step: 500, metric: 'kid', value: 1 };
  const record = { active: false, status: 'finished' as const, step: 500, quality };
  expect(lookedCheckpoint(record, 3000)).toEqual({ step: 500, isNewest: false, isBest: true, best: 500 });
  expect(lookedCheckpoint({ ...record, step: 3000 }, 3000)).toMatchObject({ isNewest: true, isBest: false });
  expect(lookedCheckpoint({ ...record, active: true }, 3000)).toBeUndefined();
});

test('evidence of one kind is one line, and only what is ill is said in short', () => {
  expect(
    evidenceOf([
      { label: 'Distance', step: 400, value: 0.59 },
      { label: 'Variety', step: 400, value: 0.1 },
      { label: 'Distance', step: 1500, value: 0.58 },
    ]),
  ).toEqual([
    { label: 'Distance', values: '0.59 at step\u00a0400, 0.58 at step\u00a01,500' },
    { label: 'Variety', values: '0.1 at step\u00a0400' },
  ]);
  const finding = { code: 'x', threshold: '', evidence: [], tries: [] };
  expect(illWords([{ ...finding, tone: 'progress', words: 'Getting better' }])).toBeUndefined();
  expect(
    illWords([
      { ...finding, tone: 'ill', words: 'D has won' },
      { ...finding, tone: 'ill', words: 'Copies 3 of 16' },
    ]),
  ).toBe('D has won; Copies 3 of 16');
});

test('the steps in a sentence have their commas, and decimals stay', () => {
  expect(grouped('Hardly better since step 2950, best at 13500.')).toBe(
    'Hardly better since step 2,950, best at 13,500.',
  );
  expect(grouped('by 0.12345 at step 500')).toBe('by 0.12345 at step 500');
});
