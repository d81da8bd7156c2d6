/** Ordinary work passes the gate side by side; exclusive work runs alone, and what comes meanwhile waits. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

const LIMIT = { limitMilliseconds: 5000 };

/** Work that lasts until `finish` is called; `events` is what happened, in order. */
function work() {
  const events: string[] = [];
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const begin = (name: string, wait = done) => {
    return async () => {
      events.push(`${name} begins`);
      await wait;
      events.push(`${name} ends`);
      return name;
    };
  };
  return { events, begin, finish: () => finish() };
}

test('exclusive work waits for what has passed, and what comes meanwhile waits for it', async () => {
  const gate = new Gate();
  const { events, begin, finish } = work();
  const now = Promise.resolve();
  const first = gate.pass(begin('an export'));
  await nextTurn();
  const alone = gate.alone(begin('the restart', now), LIMIT);
  const late = gate.pass(begin('a start', now));
  await nextTurn();
  expect(events).toEqual(['an export begins']);
  finish();
  expect(await Promise.all([first, alone, late])).toEqual(['an export', 'the restart', 'a start']);
  expect(events).toEqual([
    'an export begins',
    'an export ends',
    'the restart begins',
    'the restart ends',
    'a start begins',
    'a start ends',
  ]);
});

test('two pieces of exclusive work take turns, and one that fails opens the gate', async () => {
  const gate = new Gate();
  const { events, begin } = work();
  const now = Promise.resolve();
  const results = await Promise.allSettled([
    gate.alone(() => Promise.reject(new Error('It failed.')), LIMIT),
    gate.alone(begin('the second', now), LIMIT),
    gate.pass(begin('a start', now)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(events.slice(0, 2)).toEqual(['the second begins', 'the second ends']);
});

test('exclusive work fails as busy when the work inside takes too long', async () => {
  const gate = new Gate();
  const { events, begin, finish } = work();
  const long = gate.pass(begin('an export'));
  await nextTurn();
  await expect(gate.alone(begin('the restart'), { limitMilliseconds: 10 })).rejects.toMatchObject({
    code: 'busy',
  });
  finish();
  await long;
  expect(await gate.pass(begin('a start'))).toBe('a start');
  expect(events).not.toContain('the restart begins');
});
