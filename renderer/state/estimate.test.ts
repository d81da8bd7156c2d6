/** A run is measured once its settings have settled, and once only. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type RunConfig } from '#main/contract/index.ts';
import { Estimate } from './estimate.svelte.ts';
import { fakeApi, held, type Answer } from './test-api.ts';

const pace = { secondsToBegin: 5, secondsPerStep: 0.1, disk: { checkpoint: 1, sheet: 1, step: 1 } };
const withBatch = (batch: number): RunConfig => ({ ...DEFAULT_RUN_CONFIG, batch });

function estimateOf(answer: Answer<'run.estimate'>) {
  const { api, inputsOf } = fakeApi({ 'run.estimate': answer });
  const measured = vi.fn();
  const asked = () => inputsOf('run.estimate');
  return { asked, measured, estimate: new Estimate(api, measured) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the newest settings are measured, and a change of name, seed or steps alone does not measure them again', async () => {
  const { asked, measured, estimate } = estimateOf(async () => pace);
  estimate.ask(withBatch(8));
  estimate.ask(withBatch(16));
  expect(estimate.measuring).toBe(true);
  await vi.advanceTimersByTimeAsync(600);
  expect(asked()).toHaveLength(1);
  expect(asked()[0]?.config.batch).toBe(16);
  expect([estimate.pace, estimate.measuring, measured.mock.calls]).toEqual([pace, false, [[pace]]]);
  estimate.ask({ ...withBatch(16), name: 'Other', seed: 9, steps: 3 });
  await vi.advanceTimersByTimeAsync(600);
  expect(asked()).toHaveLength(1);
  expect(measured).toHaveBeenCalledTimes(2);
});

test('an answer for settings that have changed meanwhile is dropped', async () => {
  const { requests, hold } = held<'run.estimate'>();
  const { measured, estimate } = estimateOf(hold);
  estimate.ask(withBatch(8));
  await vi.advanceTimersByTimeAsync(600);
  estimate.ask(withBatch(16));
  requests[0]?.answer(pace);
  await vi.advanceTimersByTimeAsync(0);
  expect([estimate.pace, estimate.measuring]).toEqual([undefined, true]);
  expect(measured).not.toHaveBeenCalled();
});

test('a cancelled measurement is silent and made again when it is asked for again', async () => {
  const cancelled = new StudioError({ code: 'cancelled', message: 'A run began.', remedy: '' });
  const { asked, estimate } = estimateOf(() => Promise.reject(cancelled));
  estimate.ask(withBatch(8));
  await vi.advanceTimersByTimeAsync(600);
  expect([estimate.failed, estimate.measuring]).toEqual([false, false]);
  estimate.ask(withBatch(8));
  await vi.advanceTimersByTimeAsync(600);
  expect(asked()).toHaveLength(2);
});

test('a failure is known, and gone with the next answer', async () => {
  let fails = true;
  const { estimate } = estimateOf(async () => {
    if (fails) throw new Error('no memory');
    return pace;
  });
  estimate.ask(withBatch(8));
  await vi.advanceTimersByTimeAsync(600);
  expect([estimate.failed, estimate.pace]).toEqual([true, undefined]);
  fails = false;
  estimate.ask(withBatch(16));
  await vi.advanceTimersByTimeAsync(600);
  expect([estimate.failed, estimate.pace]).toEqual([false, pace]);
});

test('nothing is measured while there is nothing to start', async () => {
  const { asked, estimate } = estimateOf(async () => pace);
  estimate.ask(withBatch(8));
  estimate.rest();
  await vi.advanceTimersByTimeAsync(600);
  expect([asked().length, estimate.measuring]).toEqual([0, false]);
});

test('what was measured with another number of cores is forgotten, and measured again', async () => {
  const { asked, estimate } = estimateOf(async () => pace);
  estimate.ask(withBatch(8));
  await vi.advanceTimersByTimeAsync(600);
  estimate.forget();
  expect(estimate.pace).toBeUndefined();
  estimate.ask(withBatch(8));
  await vi.advanceTimersByTimeAsync(600);
  expect(asked()).toHaveLength(2);
  expect(estimate.pace).toEqual(pace);
});
