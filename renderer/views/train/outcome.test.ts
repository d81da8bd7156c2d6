/** What came of a run is said in sentences, with its figures. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '#main/contract/index.ts';
import { outcomeOf } from './outcome.ts';

const METRICS = [{ kind: 'distance', label: 'Distance', summary: '', unit: '', better: 'down' }] as const;
const record = (known: object) => ({
  config: { ...DEFAULT_RUN_CONFIG, steps: 300 },
  step: 300,
  status: 'finished' as const,
  trainedSeconds: 72,
  best: () => ({ value: 0.0213, step: 200 }),
  ...known,
});

test('a finished run says its steps, its time and its best metric', () => {
  expect(outcomeOf(record({}), { metrics: METRICS, resumesFrom: 300 })).toEqual({
    title: 'The run has finished',
    sentences: [
      'It took 300 steps in 1 min 12 s.',
      'Its best distance was 0.0213 at step 200 (lower is better).',
      'Train longer goes on from here.',
    ],
  });
});

test('a run that was stopped early says how far it came and how it goes on', () => {
  const { title, sentences } = outcomeOf(
    record({ status: 'stopped', step: 30, trainedSeconds: undefined, best: () => undefined }),
    { metrics: METRICS, resumesFrom: 25 },
  );
  expect(title).toBe('The run was stopped');
  expect(sentences).toEqual(['It took 30 of 300 steps.', 'Resume goes on from the checkpoint of step 25.']);
});
