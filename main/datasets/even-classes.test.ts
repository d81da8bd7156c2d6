/** Classes drawn equally often, however many pictures each has. */
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import type { Dataset } from './dataset.ts';
import { createTestFolder, openTestFolder } from './test-folder.ts';

/** Pictures of a class, which is known by its first shade. */
const CLASSES = [
  { name: 'cats', first: 0, count: 2 },
  { name: 'dogs', first: 50, count: 3 },
  { name: 'owls', first: 100, count: 7 },
];
const BATCH = 6;

async function open(options: { evenClasses?: boolean; mirror?: boolean; classes?: 'ignored' } = {}) {
  const folder = createTestFolder();
  for (const { name, first, count } of CLASSES)
    for (let index = 0; index < count; index++)
      folder.add(`${name}/${index}.png`, greyPng({ shade: first + index }));
  return openTestFolder(folder, { options: { evenClasses: true, ...options } });
}

/** The shade of each picture of a batch. */
function shadesOf(images: Float32Array): number[] {
  const length = images.length / BATCH;
  return Array.from({ length: BATCH }, (_, index) => Math.round((images[index * length]! + 1) * 127.5));
}

const shadesAt = (dataset: Dataset, step: number, seed = 5) =>
  shadesOf(dataset.batch({ step, batch: BATCH, seed }));

const classOf = (shade: number) => Math.floor(shade / 50);

test('each class fills the same share of every batch, exactly', async () => {
  const dataset = await open();
  for (let step = 0; step < 30; step++) {
    const shown = shadesAt(dataset, step).map(classOf);
    expect([0, 1, 2].map((label) => shown.filter((each) => each === label).length)).toEqual([2, 2, 2]);
  }
});

test('without it, classes are drawn as often as they have pictures', async () => {
  const dataset = await open({ evenClasses: false });
  const shown = [0, 1].flatMap((step) => shadesAt(dataset, step)).map(classOf);
  expect([0, 1, 2].map((label) => shown.filter((each) => each === label).length)).toEqual([2, 3, 7]);
});

test('within a class every picture is shown once before one is shown again, in an order that changes', async () => {
  const dataset = await open();
  const shown = Array.from({ length: 42 }, (_, step) => shadesAt(dataset, step)).flat();
  for (const [label, { first, count }] of CLASSES.entries()) {
    const own = shown.filter((shade) => classOf(shade) === label);
    expect(own).toHaveLength(84);
    const epochs = Array.from({ length: 84 / count }, (_, epoch) =>
      own.slice(epoch * count, (epoch + 1) * count),
    );
    const all = Array.from({ length: count }, (_, index) => first + index);
    for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual(all);
    expect(new Set(epochs.map(String)).size).toBeGreaterThan(1);
  }
});

test('batches depend on seed and step alone', async () => {
  const [one, other] = [await open(), await open()];
  for (const step of [9, 0, 4, 9]) expect(shadesAt(one, step)).toEqual(shadesAt(other, step));
  expect([0, 1, 2].map((step) => shadesAt(one, step, 5))).not.toEqual(
    [0, 1, 2].map((step) => shadesAt(one, step, 6)),
  );
});

test.each([0, 1, 7, 20])(
  'a stream from step %i on gives the same batches, with the class of each',
  async (from) => {
    const dataset = await open({ mirror: true });
    const stream = dataset.stream({ batch: BATCH, seed: 5, from });
    for (let step = from; step < from + 8; step++) {
      const { images, classes, release } = await stream.take(step);
      expect(images).toEqual(dataset.batch({ step, batch: BATCH, seed: 5 }));
      expect([...(classes ?? [])]).toEqual(shadesOf(images).map(classOf));
      release?.();
    }
    stream.close();
  },
);

test('if classes are ignored, there is nothing to even out', async () => {
  const [evened, plain] = [await open({ classes: 'ignored' }), await open({ evenClasses: false })];
  for (let step = 0; step < 4; step++) expect(shadesAt(evened, step)).toEqual(shadesAt(plain, step));
});
