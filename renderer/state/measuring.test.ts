/**
 * Requests to the trainer for which a person waits: measuring, checkpoints, and samples of the current
 * weights.
 */
import { expect, test, vi } from 'vitest';
import { StudioError, type MeasuredQuality } from '#main/contract/index.ts';
import { Checkpoints } from './checkpoints.svelte.ts';
import { CurrentSamples } from './current-samples.svelte.ts';
import { Measuring } from './measuring.svelte.ts';
import { fakeApi, held } from './test-api.ts';
import { pixels } from './test-run.ts';

const quality: MeasuredQuality = {
  step: 300,
  samples: 100,
  images: 100,
  trained: 100,
  heldOut: 0,
  scores: { samples: {}, heldOut: {}, untrained: {}, noise: {} },
};
const failure = (code: string) => new StudioError({ code, message: 'm', remedy: 'r' });

test('measuring has progress, and is not done twice at one step', async () => {
  const { requests, hold } = held<'run.measure'>();
  const { api, asked } = fakeApi({ 'run.measure': hold });
  const measuring = new Measuring(api);
  const shown = measuring.show(300);
  measuring.apply({ type: 'measuring', done: 1, total: 4 });
  expect(measuring).toMatchObject({ isShown: true, busy: true, fraction: 0.25 });
  requests[0]?.answer(quality);
  await shown;
  expect(measuring).toMatchObject({ busy: false, result: { step: 300 } });
  await measuring.close();
  await measuring.show(300);
  expect(measuring.isShown).toBe(true);
  expect(asked).toHaveLength(1);
});

/** A measurement that ends as cancelled when it is stopped. */
function stoppable() {
  const { requests, hold } = held<'run.measure'>();
  const { api } = fakeApi({
    'run.measure': hold,
    'run.stopMeasuring': () => {
      requests[0]?.refuse(failure('cancelled'));
      return {};
    },
  });
  return { measuring: new Measuring(api), requests };
}

test('closing stops the measurement without a failure; one that fails stays on show', async () => {
  const { measuring, requests } = stoppable();
  const shown = measuring.show(300);
  await measuring.close();
  await shown;
  expect(measuring).toMatchObject({ isShown: false, busy: false, failure: undefined });
  const again = measuring.show(300);
  requests.at(-1)?.refuse(failure('too-few-images'));
  await again;
  expect(measuring).toMatchObject({ isShown: true, failure: { code: 'too-few-images' } });
});

test('of several answers about checkpoints, that to the newest request counts', async () => {
  const lists = held<'runs.checkpoints'>();
  const keeps = held<'runs.keep'>();
  const { api } = fakeApi({ 'runs.checkpoints': lists.hold, 'runs.keep': keeps.hold });
  const checkpoints = new Checkpoints(api, () => '/runs/digits');
  const loaded = checkpoints.load();
  const kept = checkpoints.keep(500, true);
  keeps.requests[0]?.answer([{ step: 500, isBest: true, isKept: true, scores: {} }]);
  lists.requests[0]?.answer([]);
  await Promise.all([loaded, kept]);
  expect(checkpoints.best?.step).toBe(500);
  expect(checkpoints.newest?.isKept).toBe(true);
});

test('samples of the current weights are requested one at a time, the newest next', async () => {
  const { requests, hold } = held<'run.currentSamples'>();
  const current = new CurrentSamples(fakeApi({ 'run.currentSamples': hold }).api);
  const first = current.refresh(50);
  void current.refresh(100);
  void current.refresh(150);
  requests[0]?.answer(pixels(1));
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  expect(current.grid?.step).toBe(50);
  requests[1]?.answer(null);
  await first;
  expect(current.grid).toBeUndefined();
  expect(requests).toHaveLength(2);
});

test('a measurement asked for while the one before is being cancelled begins once that has ended', async () => {
  const { measuring, requests } = stoppable();
  void measuring.show(300);
  void measuring.close();
  void measuring.show(300);
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  expect(measuring).toMatchObject({ isShown: true, busy: true, failure: undefined });
});
