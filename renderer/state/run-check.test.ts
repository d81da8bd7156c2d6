/** The trainer is asked about settings once they have settled, and its answer counts until the next one. */
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

test('settings that change quickly are checked once', async () => {
  const { check, checked } = checkWith(async () => refusal);
  for (const steps of [1, 2, 3]) check.ask(withSteps(steps));
  await vi.waitFor(() => expect(check.refusal).toEqual(refusal));
  expect(checked()).toEqual([3]);
});

test('an answer counts until the next one, and a late answer is dropped', async () => {
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

test('a trainer that has ended changes nothing', async () => {
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
