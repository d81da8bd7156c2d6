/** The outcome of a run is said in two sentences. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '#main/contract/index.ts';
import { outcomeOf } from './outcome.ts';

const record = (known: object) => ({
  config: { ...DEFAULT_RUN_CONFIG, steps: 300 },
  step: 300,
  status: 'finished' as const,
  trainedSeconds: 72,
  ...known,
});

test('a finished run says its steps and its time', () => {
  expect(outcomeOf(record({}), 300)).toEqual({
    title: 'The run has finished',
    text: 'It took 300 steps in 1 min 12 s. Train longer goes on from here.',
  });
});

test('a run that was stopped early says how far it came and how it goes on', () => {
  const { title, text } = outcomeOf(record({ status: 'stopped', step: 30, trainedSeconds: undefined }), 25);
  expect(title).toBe('The run was stopped');
  expect(text).toBe('It took 30 of 300 steps. Resume goes on from the checkpoint of step 25.');
});

test('when an earlier checkpoint is open, the sentences are about the whole run', () => {
  const { text } = outcomeOf(record({ step: 100 }), 300);
  expect(text).toBe('It took 300 steps in 1 min 12 s. Train longer goes on from step 300.');
});
