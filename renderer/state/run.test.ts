/** What a window remembers of a run when the trainer refuses, answers late, or goes away. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type Api, type CurrentRun } from '#main/contract/index.ts';
import { Run } from './run.svelte.ts';

const current = (status: CurrentRun['status'], step = 0): CurrentRun => ({
  folder: '/runs/digits', config: DEFAULT_RUN_CONFIG, status, step,
});

/** An api that answers every command with what `answer` gives. */
function apiOf(answer: (name: string) => Promise<unknown>): Api {
  return { call: (name) => answer(name) as ReturnType<Api['call']>, subscribe: () => () => undefined } as Api;
}

test('a refused start keeps the run before it', async () => {
  let refuse = false;
  const run = new Run(apiOf(async () => {
    if (refuse) throw new StudioError({ code: 'batch-too-large', message: 'Too large.', remedy: 'Lower it.' });
    return current('training');
  }));
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 1, discriminator: 1, generator: 2 });
  run.apply({ type: 'run-state', status: 'stopped', step: 1 });
  refuse = true;
  expect(await run.start(DEFAULT_RUN_CONFIG)).toBe(false);
  expect(run.failure?.code).toBe('batch-too-large');
  expect(run.record?.losses.length).toBe(1);
  expect(run.status).toBe('stopped');
});

test('events that overtake the answer to start are not lost and not undone', async () => {
  let answer: (current: CurrentRun) => void = () => undefined;
  const run = new Run(apiOf(() => new Promise((resolve) => (answer = resolve))));
  const started = run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'run-state', status: 'training', step: 0 });
  run.apply({ type: 'losses', step: 1, discriminator: 1, generator: 2 });
  run.apply({ type: 'run-state', status: 'failed', step: 1, failure: { code: 'x', message: 'm', remedy: 'r' } });
  answer(current('training'));
  expect(await started).toBe(true);
  expect(run.record?.losses.length).toBe(1);
  expect(run.status).toBe('failed');
});

test('the last events of a stopped run do not end up in the next one', async () => {
  let answer: (current: CurrentRun) => void = () => undefined;
  const run = new Run(apiOf(() => new Promise((resolve) => (answer = resolve))));
  const started = run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 900, discriminator: 1, generator: 2 });
  run.apply({ type: 'run-state', status: 'stopped', step: 900 });
  answer(current('starting'));
  await started;
  expect(run.record?.losses.length).toBe(0);
  expect(run.status).toBe('starting');
});

test('a run whose process ended has failed, with all it had', async () => {
  const run = new Run(apiOf(async () => current('training')));
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 7, discriminator: 1, generator: 2 });
  run.interrupted({ code: 'trainer-ended', message: 'Ended.', remedy: 'Start again.' });
  expect(run.status).toBe('failed');
  expect(run.active).toBe(false);
  expect(run.record?.step).toBe(7);
});
