/** The enlarged sample is always one of the grid, and never shows the latent point of another one. */
import { expect, test, vi } from 'vitest';
import { StudioError } from '#main/contract/index.ts';
import { LookedSample, type SamplePoint } from './looked-sample.svelte.ts';
import { Samples } from './samples.svelte.ts';
import { settled } from './test-api.ts';
import { pixels } from './test-run.ts';

const pointOf = (index: number): SamplePoint => ({ z: Float32Array.of(index) });

function samplesOf(count: number): Samples {
  const samples = new Samples({ read: async () => pixels(count) });
  samples.add({ step: 10, images: pixels(count) });
  return samples;
}

test('it goes to its neighbours, and stops at both ends', async () => {
  const looked = new LookedSample({ samples: samplesOf(3), pointAt: async (index) => pointOf(index) });
  looked.look(1);
  looked.turn(1);
  expect([looked.index, looked.canTurn(1)]).toEqual([2, false]);
  looked.turn(1);
  expect(looked.index).toBe(2);
  await settled();
  expect(looked.point?.z).toEqual(Float32Array.of(2));
  looked.turn(-1);
  looked.turn(-1);
  looked.turn(-1);
  expect(looked.index).toBe(0);
});

test('an index beyond the grid is ignored', () => {
  const pointAt = vi.fn(async (index: number) => pointOf(index));
  const looked = new LookedSample({ samples: samplesOf(3), pointAt });
  looked.look(3);
  expect(looked.index).toBeUndefined();
  expect(pointAt).not.toHaveBeenCalled();
});

test('a latent point that comes after the person has gone on, or closed, is dropped', async () => {
  const waiting: ((point: SamplePoint) => void)[] = [];
  const pointAt = () => new Promise<SamplePoint>((resolve) => waiting.push(resolve));
  const looked = new LookedSample({ samples: samplesOf(3), pointAt });
  looked.look(0);
  looked.turn(1);
  waiting[1]?.(pointOf(1));
  waiting[0]?.(pointOf(0));
  await settled();
  expect(looked.point).toEqual(pointOf(1));
  looked.turn(1);
  looked.close();
  waiting[2]?.(pointOf(2));
  await settled();
  expect([looked.index, looked.point]).toEqual([undefined, undefined]);
});

test('the reason why a latent point could not be read is shown, and gone with the next sample', async () => {
  const looked = new LookedSample({
    samples: samplesOf(3),
    pointAt: async (index) => {
      if (index > 0) return pointOf(index);
      throw new StudioError({ code: 'no-run', message: 'There is no run yet.', remedy: 'Start one.' });
    },
  });
  looked.look(0);
  await settled();
  expect(looked.failure?.code).toBe('no-run');
  looked.turn(1);
  await settled();
  expect([looked.failure, looked.point]).toEqual([undefined, pointOf(1)]);
});
