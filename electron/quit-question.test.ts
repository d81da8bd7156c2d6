import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type CurrentRun, type RunStatus } from '#main/contract/index.ts';
import { quitQuestion } from './quit-question.ts';

const run = (status: RunStatus): CurrentRun => ({
  folder: '/runs/a',
  config: { ...DEFAULT_RUN_CONFIG, name: 'Cats' },
  status,
  step: 120,
});

test('the question says what the run does, and saving it is the first answer', () => {
  expect(quitQuestion(run('training')).message).toBe('Cats is training, step 120.');
  expect(quitQuestion(run('paused')).message).toBe('Cats is paused, step 120.');
  expect(quitQuestion(undefined).message).toBe('A run is training.');
  for (const asked of [quitQuestion(run('training')), quitQuestion(undefined)])
    expect(asked.answers.map(({ answer }) => answer)).toEqual(['save', 'stay']);
});

test('for an unsaved last state, it says so, and offers to save it, to quit without, or to stay', () => {
  const { message, answers } = quitQuestion(run('unsaved'));
  expect(message).toBe('The last state of Cats is not saved, step 120.');
  expect(answers.map(({ answer }) => answer)).toEqual(['save', 'quit', 'stay']);
});
