/** Whether a run is under way, and what the desktop shows of it. */
import { expect, test, vi } from 'vitest';
import type { RunStatus, StudioEvent } from '#main/contract/index.ts';
import type { Note } from './run-notes.ts';
import { RunWatch, type Progress } from './run-watch.ts';

const refusal = {
  code: 'not-written',
  message: 'x was not written: the disk is full.',
  remedy: 'Free space.',
};
const state = (status: RunStatus, failure = refusal): StudioEvent => ({
  type: 'run-state',
  status,
  step: 1300,
  ...(status === 'failed' || status === 'unsaved' ? { failure } : {}),
});
const progress = (step: number): StudioEvent => ({
  type: 'progress',
  step,
  steps: 2000,
  epoch: 0,
  imagesSeen: 0,
  imagesPerSecond: 1,
});
const warning = (code = 'not-written'): StudioEvent => ({
  type: 'warning',
  step: 3,
  failure: { ...refusal, code },
});
const over: StudioEvent = { type: 'trouble-over', step: 4, code: 'not-written' };
const crash = (host: 'trainer' | 'library'): StudioEvent => ({
  type: 'host-crashed',
  host,
  failure: { code: 'host-crashed', message: 'It ended by itself.', remedy: 'Resume it.' },
});

function watching(preferences = { keepAwake: true, notify: true }) {
  const bars: Progress[] = [];
  const notes: Note[] = [];
  const desktop = { inFront: false, awake: false };
  const watch = new RunWatch({
    preferences: () => preferences,
    nameOfRun: () => Promise.resolve('Cats'),
    desktop: {
      showProgress: (bar) => bars.push(bar),
      isInFront: () => desktop.inFront,
      notify: (note) => notes.push(note),
      keepAwake: (awake) => (desktop.awake = awake),
    },
  });
  return { watch, bars, notes, desktop, preferences, take: (...events: StudioEvent[]) => watch.take(events) };
}

function underWayAfter(...events: StudioEvent[]): boolean {
  const { watch, take } = watching();
  take(...events);
  return watch.isUnderWay;
}

test('a run is under way while it trains, while it is paused, and while its last state is not saved', () => {
  expect(underWayAfter()).toBe(false);
  for (const status of ['starting', 'training', 'paused', 'unsaved'] as const)
    expect(underWayAfter(state('training'), state(status)), status).toBe(true);
  expect(underWayAfter(state('training'), progress(4))).toBe(true);
});

test('a run that ended, in whatever way, is not under way', () => {
  for (const status of ['stopped', 'finished', 'failed', 'interrupted'] as const) {
    expect(underWayAfter(state('training'), state(status)), status).toBe(false);
  }
  expect(underWayAfter(state('training'), crash('trainer'))).toBe(false);
});

test('the library’s crash is not the trainer’s', () => {
  expect(underWayAfter(state('training'), crash('library'))).toBe(true);
});

test('the taskbar shows how far a run is, that it is paused, and nothing once it is over', () => {
  const { take, bars } = watching();
  take(state('starting'));
  take(state('training'), progress(500));
  take(progress(501));
  take(progress(1000), state('paused'));
  take(state('training'));
  take(state('finished'));
  expect(bars).toEqual([
    { mode: 'indeterminate', fraction: 0 },
    { mode: 'normal', fraction: 0.25 },
    { mode: 'paused', fraction: 0.5 },
    { mode: 'normal', fraction: 0.5 },
    { mode: 'none', fraction: 0 },
  ]);
});

test('the taskbar shows trouble until it is over', () => {
  const { take, bars } = watching();
  const newest = () => bars.at(-1)?.mode;
  take(state('training'), progress(500), warning());
  expect(newest()).toBe('error');
  take(over);
  expect(newest()).toBe('normal');
  take(warning('else'));
  expect(newest()).toBe('normal');
  take(state('unsaved'));
  expect(newest()).toBe('error');
  take(state('finished'));
  expect(newest()).toBe('none');
});

test('a failed run stays in the taskbar until somebody comes to the window', () => {
  const { watch, take, bars, desktop } = watching();
  take(state('training'), progress(500));
  take(state('failed'));
  expect(bars.at(-1)?.mode).toBe('error');
  watch.seen();
  expect(bars.at(-1)?.mode).toBe('none');
  desktop.inFront = true;
  take(state('training'), progress(500));
  take(state('failed'));
  expect(bars.at(-1)?.mode).toBe('none');
});

test('each end and each trouble is notified once, by the name of the run', async () => {
  const { take, notes } = watching();
  take(state('training'), warning());
  take(warning(), progress(1300));
  take(over, warning());
  take(state('finished'), state('finished'));
  take(state('training'), state('stopped'));
  take(state('training'), state('unsaved'));
  take(state('failed'));
  take(state('training'), crash('library'), crash('trainer'));
  await vi.waitFor(() => expect(notes).toHaveLength(7));
  expect(notes.map(({ title }) => title)).toEqual([
    'Cats could not save a file',
    'Cats could not save a file',
    'Cats has finished',
    'Cats has stopped',
    'The last state of Cats is not saved',
    'Cats has failed',
    'Training ended unexpectedly',
  ]);
  expect(notes[2]?.body).toBe('It trained for 1,300 steps.');
  expect(notes[4]?.body).toBe('x was not written: the disk is full. Free space.');
});

test('a person who looks at the window, or does not want notifications, gets none', async () => {
  const { take, notes, desktop, preferences } = watching();
  desktop.inFront = true;
  take(state('training'), state('finished'));
  desktop.inFront = false;
  preferences.notify = false;
  take(state('training'), state('finished'));
  preferences.notify = true;
  take(state('training'), state('failed'));
  await vi.waitFor(() => expect(notes.map(({ title }) => title)).toEqual(['Cats has failed']));
});

test('the computer is kept awake while a run trains, unless the person does not want it', () => {
  const { watch, take, desktop, preferences } = watching();
  const expectAwake = (awake: boolean) => expect(desktop.awake).toBe(awake);
  take(state('training'));
  expectAwake(true);
  take(state('paused'));
  expectAwake(false);
  take(state('training'));
  expectAwake(true);
  preferences.keepAwake = false;
  watch.refresh();
  expectAwake(false);
  preferences.keepAwake = true;
  watch.refresh();
  expectAwake(true);
  for (const end of [state('finished'), state('stopped'), state('failed'), crash('trainer')]) {
    take(state('training'));
    take(end);
    expectAwake(false);
  }
});
