/** The trainer is asked about settings, rarely enough, and its answer stands until the next. */
import { expect, test, vi } from 'vitest';
import { DEFAULT_RUN_CONFIG, type Failure } from '#main/contract/index.ts';
import { RunCheck } from './run-check.svelte.ts';
import { fakeApi } from './test-api.ts';

const refusal: Failure = { code: 'senseless', message: 'No.', remedy: 'Choose another.' };
const withSteps = (steps: number) => ({ ...DEFAULT_RUN_CONFIG, steps });

function checkWith(answer: (steps: number) => Promise<Failure | null>) {
  const { api, inputsOf } = fakeApi({ 'run.check': ({ config }) => answer(config.steps) });
  return { check: new RunCheck(api), checked: () => inputsOf('run.check').map(({ config }) => config.steps) };
}

test('settings that change quickly are asked about once', async () => {
  const { check, checked } = checkWith(async () => refusal);
  for (const steps of [1, 2, 3]) check.ask(withSteps(steps));
  await vi.waitFor(() => expect(check.refusal).toEqual(refusal));
  expect(checked()).toEqual([3]);
});

test('an answer stands while the next is waited for, and a late one never takes its place', async () => {
  const answers: Record<number, (failure: Failure | null) => void> = {};
  const { check } = checkWith((steps) => new Promise((resolve) => (answers[steps] = resolve)));
  check.ask(withSteps(1));
  await vi.waitFor(() => expect(answers[1]).toBeDefined());
  check.ask(withSteps(2));
  await vi.waitFor(() => expect(answers[2]).toBeDefined());
  answers[2]?.(refusal);
  await vi.waitFor(() => expect(check.refusal).toEqual(refusal));
  answers[1]?.(null);
  await Promise.resolve();
  expect(check.refusal).toEqual(refusal);
});

test('a trainer that is gone changes nothing', async () => {
  let gone = false;
  const { check, checked } = checkWith(async () => {
    if (gone) throw new Error('gone');
    return refusal;
  });
  check.ask(withSteps(1));
  await vi.waitFor(() => expect(check.refusal).toBeDefined());
  gone = true;
  check.ask(withSteps(2));
  await vi.waitFor(() => expect(checked()).toHaveLength(2));
  expect(check.refusal).toEqual(refusal);
});
