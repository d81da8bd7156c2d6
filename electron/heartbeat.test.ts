/** A process that hangs is noticed; one that is merely busy, or slept with the computer, is left alone. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat } from './heartbeat.ts';

let slept: number;
let said: string[];
let answers: boolean;
let heart: Heartbeat;
const SECOND = 1000;
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * SECOND);

beforeEach(() => {
  vi.useFakeTimers();
  slept = 0;
  said = [];
  answers = true;
  heart = new Heartbeat({
    patience: { tell: 60 * SECOND, end: 600 * SECOND },
    ask: () => {
      if (answers) heart.answered();
    },
    silent: () => said.push('silent'),
    hung: () => said.push('hung'),
    clock: () => performance.now() + slept,
  });
  heart.start();
});
afterEach(() => {
  heart.stop();
  vi.useRealTimers();
});

test('nothing is said of a process that answers', () => {
  pass(36_000);
  expect(said).toEqual([]);
});

test('a silent process is reported once, and counts as hung after its whole limit', () => {
  answers = false;
  pass(59);
  expect(said).toEqual([]);
  pass(2);
  expect(said).toEqual(['silent']);
  pass(530);
  expect(said).toEqual(['silent']);
  pass(10);
  expect(said).toEqual(['silent', 'hung']);
  pass(6000);
  expect(said).toEqual(['silent', 'hung']);
});

test('a busy process that answers is left alone, and reported again the next time', () => {
  answers = false;
  pass(400);
  heart.answered();
  pass(400);
  expect(said).toEqual(['silent', 'silent']);
});

test('sleep of the whole computer does not count', () => {
  answers = false;
  for (let night = 0; night < 2; night++) {
    pass(10);
    slept += 8 * 3600 * SECOND;
  }
  pass(15);
  expect(said).toEqual([]);
  pass(600);
  expect(said).toEqual(['silent', 'hung']);
});

test('a clock that is set back or forward changes nothing', () => {
  answers = false;
  for (const hours of [-1, 1]) {
    vi.setSystemTime(Date.now() + hours * 3600 * SECOND);
    pass(25);
  }
  expect(said).toEqual([]);
  pass(15);
  expect(said).toEqual(['silent']);
});

test('after a stop it starts again with the next process', () => {
  answers = false;
  pass(590);
  heart.stop();
  pass(1000);
  heart.start();
  pass(590);
  expect(said).toEqual(['silent', 'silent']);
});
