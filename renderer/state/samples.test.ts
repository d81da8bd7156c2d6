/**
 * The sample grids of a run: all can be shown, few are kept in memory, and those that the run gave up are
 * gone.
 */
import { expect, test, vi } from 'vitest';
import { StudioError, type ImageBatch } from '#main/contract/index.ts';
import { indexOfNearest, Samples, typedStep } from './samples.svelte.ts';
import { settled } from './test-api.ts';

const images = (step: number): ImageBatch => ({
  count: 1,
  size: 2,
  channels: 1,
  pixels: new Uint8Array(4).fill(step),
});

test('the newest grid is on show, until an earlier one is pinned', async () => {
  const samples = new Samples({ read: async (step) => images(step) });
  for (const step of [50, 100, 150]) samples.add({ step, images: images(step) });
  expect(samples.grid?.step).toBe(150);
  samples.showAt(0);
  await settled();
  samples.add({ step: 200, images: images(200) });
  expect(samples.grid?.step).toBe(50);
  samples.showAt(3);
  await settled();
  expect(samples.grid?.step).toBe(200);
});

test('a grid that came without images is in the list, and is read when it is shown', async () => {
  const read = vi.fn(async (step: number) => images(step));
  const samples = new Samples({ read });
  samples.add({ step: 0 });
  samples.add({ step: 5, images: images(5) });
  expect({ steps: samples.steps, shown: samples.grid?.step }).toEqual({ steps: [0, 5], shown: 5 });
  expect(read).not.toHaveBeenCalled();
  samples.showAt(0);
  await settled();
  expect(samples.grid?.step).toBe(0);
});

test('grids beyond the budget are read again', async () => {
  const read = vi.fn(async (step: number) => images(step));
  const samples = new Samples({ read, budget: 8 });
  for (const step of [1, 2, 3]) samples.add({ step, images: images(step) });
  samples.showAt(1);
  await settled();
  expect(read).not.toHaveBeenCalled();
  samples.showAt(0);
  await settled();
  expect(read).toHaveBeenCalledExactlyOnceWith(1);
  expect(samples.grid?.step).toBe(1);
});

test('of many steps passed over, only the last one is read', async () => {
  const read = vi.fn(async (step: number) => images(step));
  const samples = new Samples({ read });
  samples.addPast([10, 20, 30, 40]);
  samples.showAt(0);
  samples.showAt(1);
  samples.showAt(2);
  await settled();
  expect(read.mock.calls.map(([step]) => step)).toEqual([40, 30]);
  expect(samples.grid?.step).toBe(30);
});

test('a run that goes back loses its later grids, and the newest one left is shown', async () => {
  const samples = new Samples({ read: async (step) => images(step) });
  for (const step of [50, 100, 150]) samples.add({ step, images: images(step) });
  samples.dropBeyond(120);
  await settled();
  expect(samples.steps).toEqual([50, 100]);
  expect(samples.grid?.step).toBe(100);
});

test('a grid that cannot be read says why, and the next one is still shown', async () => {
  const samples = new Samples({
    read: async (step) => {
      if (step === 20)
        throw new StudioError({ code: 'no-samples', message: 'Gone.', remedy: 'Look at another.' });
      return images(step);
    },
  });
  samples.addPast([10, 20]);
  await settled();
  expect(samples.failure?.code).toBe('no-samples');
  samples.showAt(0);
  await settled();
  expect(samples.failure).toBeUndefined();
  expect(samples.grid?.step).toBe(10);
});

test('a typed step leads to the nearest grid, and the last grid follows the newest again', async () => {
  const samples = new Samples({ read: async (step) => images(step) });
  for (const step of [0, 50, 100]) samples.add({ step, images: images(step) });
  samples.showNearest(60);
  await settled();
  expect([samples.grid?.step, samples.pinned]).toEqual([50, 50]);
  samples.showNearest(9999);
  await settled();
  expect([samples.grid?.step, samples.pinned]).toEqual([100, undefined]);
});

test('going from grid to grid stops at both ends', async () => {
  const samples = new Samples({ read: async (step) => images(step) });
  for (const step of [0, 50, 100]) samples.add({ step, images: images(step) });
  samples.go(-1);
  samples.go(-1);
  expect([samples.canGo(-1), samples.pinned]).toEqual([false, 0]);
  samples.go(-1);
  expect(samples.pinned).toBe(0);
  samples.go(1);
  samples.go(1);
  expect([samples.canGo(1), samples.pinned]).toEqual([false, undefined]);
});

test('of two equally near steps, the earlier one is taken; without steps there is none', () => {
  expect([indexOfNearest([0, 50], 25), indexOfNearest([0, 50], 26), indexOfNearest([], 3)]).toEqual([
    0,
    1,
    undefined,
  ]);
});

test('a step is read as people write it', () => {
  expect(['1200', ' 1,200', '1 200', '', 'x', '-3', '1e3'].map(typedStep)).toEqual([
    1200,
    1200,
    1200,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
