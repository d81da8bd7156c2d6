/** What is asked of the trainer while the person waits: measuring, checkpoints, and the current weights' samples. */
import { expect, test, vi } from 'vitest';
import { StudioError, type Api, type CommandName } from '#main/contract/index.ts';
import { Checkpoints } from './checkpoints.svelte.ts';
import { CurrentSamples } from './current-samples.svelte.ts';
import { Measuring } from './measuring.svelte.ts';

const apiOf = (call: (name: CommandName, input: unknown) => unknown): Api =>
  ({ call: vi.fn(async (...asked: [CommandName, unknown]) => call(...asked)), subscribe: vi.fn() }) as never;
const failure = (code: string) => new StudioError({ code, message: 'm', remedy: 'r' });

test('measuring tells how far it is, and is not done twice of one step', async () => {
  let answer: (result: object) => void = () => undefined;
  const api = apiOf(() => new Promise((resolve) => (answer = resolve)));
  const measuring = new Measuring(api);
  const shown = measuring.show(300);
  measuring.apply({ type: 'measuring', done: 1, total: 4 });
  expect(measuring).toMatchObject({ isShown: true, busy: true, fraction: 0.25 });
  answer({ step: 300 });
  await shown;
  expect(measuring).toMatchObject({ busy: false, result: { step: 300 } });
  await measuring.close();
  await measuring.show(300);
  expect(measuring.isShown).toBe(true);
  expect(api.call).toHaveBeenCalledTimes(1);
});

test('measuring that is closed is stopped and says nothing; what fails stays on show', async () => {
  let refuse: (why: Error) => void = () => undefined;
  const measuring = new Measuring(
    apiOf((name) => {
      if (name === 'run.stopMeasuring') refuse(failure('cancelled'));
      return name === 'run.measure' ? new Promise((_, reject) => (refuse = reject)) : {};
    }),
  );
  const shown = measuring.show(300);
  await measuring.close();
  await shown;
  expect(measuring).toMatchObject({ isShown: false, busy: false, failure: undefined });
  const again = measuring.show(300);
  refuse(failure('too-few-images'));
  await again;
  expect(measuring).toMatchObject({ isShown: true, failure: { code: 'too-few-images' } });
});

test('the newest answer about checkpoints counts', async () => {
  const answers: ((list: object[]) => void)[] = [];
  const checkpoints = new Checkpoints(
    apiOf(() => new Promise((resolve) => answers.push(resolve))),
    () => '/runs/digits',
  );
  const loaded = checkpoints.load();
  const kept = checkpoints.keep(500, true);
  answers[1]?.([{ step: 500, isBest: true, isKept: true, scores: {} }]);
  answers[0]?.([]);
  await Promise.all([loaded, kept]);
  expect(checkpoints.best?.step).toBe(500);
  expect(checkpoints.newest?.isKept).toBe(true);
});

test('samples of the current weights are asked for one at a time, the newest next', async () => {
  const answers: ((images: object | null) => void)[] = [];
  const current = new CurrentSamples(apiOf(() => new Promise((resolve) => answers.push(resolve))));
  const first = current.refresh(50);
  void current.refresh(100);
  void current.refresh(150);
  answers[0]?.({ count: 1 });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(current.grid?.step).toBe(50);
  answers[1]?.(null);
  await first;
  expect(current.grid).toBeUndefined();
  expect(answers).toHaveLength(2);
});

test('what is asked for while the one before is called off is measured once that has ended', async () => {
  const refusals: ((why: Error) => void)[] = [];
  const measuring = new Measuring(
    apiOf((name) => {
      if (name === 'run.stopMeasuring') refusals[0]?.(failure('cancelled'));
      return name === 'run.measure' ? new Promise((_, reject) => refusals.push(reject)) : {};
    }),
  );
  void measuring.show(300);
  void measuring.close();
  void measuring.show(300);
  await vi.waitFor(() => expect(refusals).toHaveLength(2));
  expect(measuring).toMatchObject({ isShown: true, busy: true, failure: undefined });
});
