/** A walk from a sample of the grid begins with the very picture that the grid shows. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type ImageBatch, type RunConfig } from '../contract/index.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let folder: TestTrainer['folder'];
let events: TestTrainer['events'];
let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ folder, events, trainer, close } = openTestTrainer('points'));
  for (const name of ['cats', 'dogs']) {
    fs.mkdirSync(path.join(folder, 'images', name), { recursive: true });
    for (const shade of [40, 90, 160])
      fs.writeFileSync(
        path.join(folder, 'images', name, `${shade}.png`),
        greyPng({ shade: shade + name.length, width: 28 }),
      );
  }
});
afterEach(() => close());

/** Trains for some steps, and returns the grid at the end. */
async function grid(changes: Partial<RunConfig>): Promise<ImageBatch> {
  const { dataset } = DEFAULT_RUN_CONFIG;
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    batch: 4,
    steps: 3,
    z: { size: 6, distribution: 'normal' },
    samples: { count: 16, everySteps: 100 },
    dataset: { ...dataset, source: { kind: 'files', paths: [path.join(folder, 'images')] } },
    ...changes,
  };
  await trainer.handlers['run.start']({ config });
  for (let status = ''; status !== 'finished'; await wait(5))
    for (const event of events) if (event.type === 'run-state') status = event.status;
  const sampled = events.flatMap((event) => (event.type === 'samples' ? [event] : [])).at(-1);
  expect(sampled?.step).toBe(3);
  return sampled!.images!;
}

const imageAt = ({ pixels, size, channels }: ImageBatch, index: number) =>
  Buffer.from(pixels.subarray(index * size * size * channels, (index + 1) * size * size * channels));
const walk = (from: number, to: number, more: { class?: number } = {}) =>
  trainer.handlers['latent.interpolate']({
    from: { sample: from },
    to: { sample: to },
    walk: 'spherical',
    positions: [0, 0.5, 1],
    ...more,
  });
const point = (sample: number) => trainer.handlers['latent.point']({ end: { sample } });

test('of a GAN without classes, both ends are as the grid shows them', async () => {
  const shown = await grid({ gan: { kind: 'dcgan', options: { width: 4 } } });
  for (const [from, to] of [
    [0, 15],
    [7, 3],
  ] as const) {
    const images = await walk(from, to);
    expect(imageAt(images, 0)).toEqual(imageAt(shown, from));
    expect(imageAt(images, 2)).toEqual(imageAt(shown, to));
  }
  expect(await point(2)).toEqual({ z: expect.any(Float32Array) as unknown });
  expect((await point(2))?.z).toHaveLength(6);
  expect(await point(16)).toBeNull();
  await expect(walk(0, 16)).rejects.toMatchObject({ code: 'cannot' });
});

test('of a conditional GAN, a sample brings its class, unless another one is chosen', async () => {
  const shown = await grid({ gan: { kind: 'conditional', options: { width: 4 } } });
  expect(shown).toMatchObject({ columns: 8, rows: ['cats', 'dogs'] });
  expect(imageAt(await walk(3, 0), 0)).toEqual(imageAt(shown, 3));
  const dogs = await walk(11, 12);
  expect(imageAt(dogs, 0)).toEqual(imageAt(shown, 11));
  expect(imageAt(dogs, 2)).toEqual(imageAt(shown, 12));
  expect(imageAt(await walk(11, 12, { class: 0 }), 0)).toEqual(imageAt(shown, 3));
  const [cat, dog] = [await point(3), await point(11)];
  expect([cat?.class, dog?.class]).toEqual([0, 1]);
  expect(dog?.z).toEqual(cat?.z);
});

test('of a GAN that rebuilds pictures, only new images have a latent point', async () => {
  const shown = await grid({ gan: { kind: 'bigan', options: { width: 4, joint: 8 } } });
  expect(shown).toMatchObject({ columns: 4, rows: ['pictures', 'rebuilt', 'new', 'new'] });
  expect(await Promise.all([0, 7].map(point))).toEqual([null, null]);
  const images = await walk(8, 15);
  expect(imageAt(images, 0)).toEqual(imageAt(shown, 8));
  expect(imageAt(images, 2)).toEqual(imageAt(shown, 15));
  await expect(walk(0, 8)).rejects.toMatchObject({
    code: 'cannot',
    remedy: 'Choose a picture that the generator made.',
  });
  const picture = path.join(folder, 'images', 'cats', '40.png');
  const found = await trainer.handlers['latent.point']({ end: { picture } });
  expect(found?.z).toHaveLength(6);
});

test('points of the plane are one picture, and a seed names a point', async () => {
  const { dataset } = DEFAULT_RUN_CONFIG;
  await grid({
    gan: { kind: 'mlp', options: { width: 4 } },
    dataset: { ...dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
  });
  expect(await point(0)).toBeNull();
  const [one, other] = await Promise.all(
    [1, 2].map((seed) => trainer.handlers['latent.point']({ end: { seed } })),
  );
  expect(one?.z).toHaveLength(6);
  expect(one?.z).not.toEqual(other?.z);
});
