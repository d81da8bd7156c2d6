import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StudioEvent } from '#main/contract/index.ts';
import { EventBatch } from './event-batch.ts';

const losses = (step: number): StudioEvent => ({
  type: 'losses',
  step,
  losses: { discriminator: 1, generator: 1 },
});
const samples = (step: number): StudioEvent => ({ type: 'samples', step, file: `${step}.png` });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the first event is sent at once, the next ones together', () => {
  const send = vi.fn();
  const batch = new EventBatch(send, { interval: 100 });
  batch.add(losses(1));
  batch.add(losses(2));
  batch.add(losses(3));
  expect(send.mock.calls).toEqual([[[losses(1)]]]);
  vi.advanceTimersByTime(100);
  expect(send.mock.calls[1]).toEqual([[losses(2), losses(3)]]);
});

test('a thousand events a second become ten messages', () => {
  const send = vi.fn();
  const batch = new EventBatch(send, { interval: 100 });
  for (let step = 0; step < 1000; step++) {
    batch.add(losses(step));
    vi.advanceTimersByTime(1);
  }
  expect(send.mock.calls.length).toBeLessThanOrEqual(11);
  batch.flush();
  expect(send.mock.calls.flatMap(([events]) => events as unknown[])).toHaveLength(1000);
});

test('of several samples in one batch, only the newest keep their images', () => {
  const send = vi.fn();
  const batch = new EventBatch(send, { interval: 100 });
  const images = { count: 1, size: 1, channels: 1 as const, pixels: Uint8Array.of(7) };
  batch.add(losses(0));
  for (const event of [{ ...samples(1), images }, losses(1), { ...samples(2), images }, losses(2)])
    batch.add(event);
  batch.flush();
  expect(send.mock.calls[1]).toEqual([[samples(1), losses(1), { ...samples(2), images }, losses(2)]]);
});

test('no event is sent twice, and no empty batch is sent', () => {
  const send = vi.fn();
  const batch = new EventBatch(send, { interval: 100 });
  batch.flush();
  batch.add(losses(0));
  batch.add(losses(1));
  batch.flush();
  vi.advanceTimersByTime(1000);
  expect(send).toHaveBeenCalledTimes(2);
});

test('setting the clock back or forward by an hour neither delays nor hurries events', () => {
  for (const change of [-3_600_000, 3_600_000]) {
    const send = vi.fn();
    const batch = new EventBatch(send, { interval: 100 });
    batch.add(losses(1));
    vi.setSystemTime(Date.now() + change);
    batch.add(losses(2));
    expect(send).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(send).toHaveBeenCalledTimes(2);
  }
});
