import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';

/** Images whose shade tells their class: 10 times its number, plus their own number. */
function addClass(
  folder: TestFolder,
  { name, number, count }: { name: string; number: number; count: number },
): void {
  for (let index = 0; index < count; index++)
    folder.add(`${name}/${index}.png`, greyPng({ shade: 100 * number + index }));
}

/** The class of each image of some batches, by its label and by its shade. */
async function dealt(dataset: Awaited<ReturnType<typeof openTestFolder>>): Promise<[number, number][]> {
  const stream = dataset.stream({ batch: 4, seed: 1, from: 0 });
  const pairs: [number, number][] = [];
  for (let step = 0; step < 5; step++) {
    const { images, classes } = await stream.take(step);
    expect(images).toEqual(dataset.batch({ step, batch: 4, seed: 1 }));
    const length = images.length / 4;
    classes?.forEach((label, index) =>
      pairs.push([label, Math.floor(Math.round((images[index * length]! + 1) * 127.5) / 100)]),
    );
  }
  stream.close();
  return pairs;
}

test('if all images lie in two or more folders, those are classes, and batches contain the class of each image', async () => {
  const folder = createTestFolder();
  ['cats', 'dogs', 'owls'].forEach((name, number) => addClass(folder, { name, number, count: 3 + number }));
  const dataset = await openTestFolder(folder);
  expect(dataset.summary.classes.map(({ name }) => name)).toEqual(['cats', 'dogs', 'owls']);
  const pairs = await dealt(dataset);
  expect(pairs).toHaveLength(20);
  for (const [label, shade] of pairs) expect(label).toBe(shade);
  expect(new Set(pairs.map(([label]) => label))).toEqual(new Set([0, 1, 2]));
});

test('labels stay right when files are left out, when images are mirrored, and when they come from the cache', async () => {
  const folder = createTestFolder();
  ['cats', 'dogs', 'owls'].forEach((name, number) => addClass(folder, { name, number, count: 2 + number }));
  folder.add('cats/0 broken.png', 'no picture');
  folder.add('dogs/deeper/1.png', greyPng({ shade: 105 }));
  folder.add('notes.txt', 'what this is');
  for (const options of [{}, {}, { mirror: true }]) {
    const dataset = await openTestFolder(folder, { options });
    expect(dataset.summary).toMatchObject({
      count: 10,
      classes: [{ name: 'cats' }, { name: 'dogs' }, { name: 'owls' }],
    });
    for (const [label, shade] of await dealt(dataset)) expect(label).toBe(shade);
  }
});

test('there are no classes if an image lies beside the folders, or with fewer than two folders', async () => {
  const beside = createTestFolder();
  addClass(beside, { name: 'cats', number: 0, count: 2 });
  addClass(beside, { name: 'dogs', number: 1, count: 2 });
  beside.add('cover.png', greyPng());
  const single = createTestFolder();
  addClass(single, { name: 'cats', number: 0, count: 3 });
  const flat = createTestFolder();
  for (const name of ['a.png', 'b.png']) flat.add(name, greyPng());
  for (const folder of [beside, single, flat]) {
    const dataset = await openTestFolder(folder);
    expect(dataset.summary.classes).toEqual([]);
    const stream = dataset.stream({ batch: 2, seed: 1, from: 0 });
    expect((await stream.take(0)).classes).toBeUndefined();
    stream.close();
  }
});

test('a folder of which every file was left out is not a class', async () => {
  const folder = createTestFolder();
  ['cats', 'dogs'].forEach((name, number) => addClass(folder, { name, number, count: 2 }));
  folder.add('zebras/broken.png', 'no picture');
  const { summary } = await openTestFolder(folder);
  expect(summary.classes.map(({ name }) => name)).toEqual(['cats', 'dogs']);
  expect(summary.notes).toContainEqual({
    file: 'zebras',
    kind: 'empty-class',
    detail: 'No picture in this folder can be used, so it is not a class.',
  });
});
