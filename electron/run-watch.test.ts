import { expect, test } from 'vitest';
import type { RunStatus, StudioEvent } from '#main/contract/index.ts';
import { RunWatch } from './run-watch.ts';

const state = (status: RunStatus): StudioEvent => ({ type: 'run-state', status, step: 3 });
const crash = (host: 'trainer' | 'library'): StudioEvent => ({
  type: 'host-crashed',
  host,
  failure: { code: 'host-crashed', message: '', remedy: '' },
});

function afterwards(...events: StudioEvent[]): boolean {
  const watch = new RunWatch();
  watch.take(events);
  return watch.isUnderWay;
}

test('a run is under way while it trains and while it is paused', () => {
  expect(afterwards()).toBe(false);
  expect(afterwards(state('training'))).toBe(true);
  expect(
    afterwards(state('training'), { type: 'losses', step: 4, losses: { discriminator: 1, generator: 1 } }),
  ).toBe(true);
  expect(afterwards(state('training'), state('paused'))).toBe(true);
});

test('a run that ended, in whatever way, is not under way', () => {
  for (const status of ['stopped', 'finished', 'failed', 'interrupted'] as const) {
    expect(afterwards(state('training'), state(status)), status).toBe(false);
  }
  expect(afterwards(state('training'), crash('trainer'))).toBe(false);
});

test("the library's crash is not the trainer's", () => {
  expect(afterwards(state('training'), crash('library'))).toBe(true);
});
