/** Held-out pictures are always the same, whatever happens to the others, and never in a batch. */
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { STUDY_POINTS, DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { hashOf } from './content.ts';
import { heldApart, pointsDataset, type Dataset, type Readable } from './index.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';

const hashes = Array.from({ length: 4000 }, (_, picture) => hashOf(String(picture)));
const plain = (of: readonly string[]) => ({ hashes: [...of], labels: [] });
const heldOutOf = (of: readonly string[], { share = 0.1, seed = 1 } = {}): string[] =>
  heldApart(plain(of), { share, seed })
    .heldOut.map((index) => of[index]!)
    .sort();

test('about the share is held out, and each picture is either trained on or held out', () => {
  const { trained, heldOut } = heldApart(plain(hashes), { share: 0.1, seed: 1 });
  // Five standard deviations of 4,000 draws.
  expect(Math.abs(heldOut.length - 400)).toBeLessThan(5 * Math.sqrt(4000 * 0.1 * 0.9));
  expect([...trained, ...heldOut].sort((a, b) => a - b)).toEqual([...hashes.keys()]);
});

test('the same pictures are held out in another order, with others added and with some gone', () => {
  const before = heldOutOf(hashes);
  expect(heldOutOf([...hashes].reverse())).toEqual(before);
  const half = hashes.filter((_, index) => index % 2 === 0);
  const added = Array.from({ length: 100 }, (_, picture) => hashOf(`new ${picture}`));
  const found = heldOutOf([...added, ...half]).filter((hash) => !added.includes(hash));
  expect(found).toEqual(before.filter((hash) => half.includes(hash)));
});

test('equal pictures stay together, and another seed holds out others', () => {
  const once = heldOutOf(hashes);
  expect(heldOutOf([...hashes, ...hashes])).toEqual(once.flatMap((hash) => [hash, hash]));
  const other = new Set(heldOutOf(hashes, { seed: 2 }));
  const both = once.filter((hash) => other.has(hash));
  expect(both.length).toBeGreaterThan(10);
  expect(both.length).toBeLessThan(0.2 * once.length);
});

test('a larger share with the same seed holds out the same pictures and more', () => {
  const [few, many] = [0.05, 0.2].map((share) => heldOutOf(hashes, { share, seed: 7 }));
  expect(few!.every((hash) => many!.includes(hash))).toBe(true);
  expect(many!.length).toBeGreaterThan(3 * few!.length);
});

describe('what must be trained on', () => {
  test('of each class at least one picture is, the same one in any order, however small the class', () => {
    const list = { hashes, labels: hashes.map((_, index) => index % 2000) };
    const found = heldApart(list, { share: 0.5, seed: 1 });
    expect(new Set(found.trained.map((index) => list.labels[index])).size).toBe(2000);
    expect(found.heldOut.length).toBeGreaterThan(1000);
    const turned = { hashes: [...hashes].reverse(), labels: [...list.labels].reverse() };
    const again = heldApart(turned, { share: 0.5, seed: 1 }).trained.map((index) => 3999 - index);
    expect(again.sort((a, b) => a - b)).toEqual(found.trained);
  });

  test('a picture in two classes is held out in both or in neither', () => {
    const shared = hashes.slice(0, 500);
    const list = { hashes: [...shared, ...shared], labels: [...shared.map(() => 0), ...shared.map(() => 1)] };
    const { trained } = heldApart(list, { share: 0.5, seed: 1 });
    const half = trained.length / 2;
    expect(trained.slice(half)).toEqual(trained.slice(0, half).map((index) => index + 500));
  });

  test('at least two pictures are, in a set that has become as small as that', () => {
    const left = heldOutOf(hashes, { share: 0.5 }).slice(0, 3);
    expect(heldApart(plain(left), { share: 0.5, seed: 1 }).trained).toHaveLength(2);
    expect(heldApart(plain(left.slice(0, 1)), { share: 0.5, seed: 1 }).trained).toHaveLength(1);
    const double = [left[0]!, left[0]!, left[0]!];
    expect(heldApart(plain(double), { share: 0.5, seed: 1 })).toEqual({ trained: [0, 1, 2], heldOut: [] });
  });
});

const PICTURES = 240;
const CLASSES = ['cats', 'dogs', 'owls'];
const BATCH = 16;

function fill(folder: TestFolder): void {
  for (let shade = 0; shade < PICTURES; shade++)
    folder.add(`${CLASSES[Math.min(2, shade >> 4)]}/${shade}.png`, greyPng({ shade }));
}

const apartBy = (dataset: Dataset, { seed = 1, classes = [] as string[] } = {}): Dataset =>
  dataset.holdOut!({ heldOut: 0.25, seed, classes })!;

/** The shade of each picture, which identifies it. */
function shadesOf({ count, bytes }: Readable): number[] {
  const images = bytes(Array.from({ length: count }, (_, index) => index));
  return Array.from({ length: count }, (_, index) => images[index * (images.length / count)]!);
}

/** The same of a batch. */
function shadesIn(images: Float32Array): number[] {
  return Array.from({ length: BATCH }, (_, index) =>
    Math.round((images[(index * images.length) / BATCH]! + 1) * 127.5),
  );
}

const inOrder = (shades: number[]) => [...shades].sort((a, b) => a - b);

async function open(options: Partial<DatasetOptions> = {}) {
  const folder = createTestFolder();
  fill(folder);
  return { folder, dataset: await openTestFolder(folder, { options }) };
}

test('a data set separates the pictures trained on from those held out, and keeps the list of all', async () => {
  const { dataset } = await open();
  const apart = apartBy(dataset);
  const [trained, heldOut] = [shadesOf(apart), shadesOf(apart.heldOut!)];
  expect(heldOut.length).toBeGreaterThan(30);
  expect(inOrder([...trained, ...heldOut])).toEqual([...Array(PICTURES).keys()]);
  for (const [of, shades] of [[apart, trained] as const, [apart.heldOut!, heldOut] as const])
    expect([...of.labels]).toEqual(shades.map((shade) => Math.min(2, shade >> 4)));
  expect(apart.pictures!([])).toEqual(dataset.pictures!([]));
  expect(apart.summary).toEqual(dataset.summary);
  expect(apart.holdOut!({ heldOut: 0.25, seed: 2, classes: [] })!.count).not.toBe(apart.count);
  expect(() => apart.bytes([apart.count])).toThrow(RangeError);
});

test.each<Partial<DatasetOptions>>([{}, { mirror: true }, { evenClasses: true }])(
  'with %j no held-out picture is ever dealt out, and every other one is',
  async (options) => {
    const { dataset } = await open(options);
    const apart = apartBy(dataset, { classes: CLASSES });
    const trained = shadesOf(apart);
    // With classes evened out, it takes three epochs to see all of the largest one.
    const steps = Math.ceil((3 * apart.count) / BATCH);
    const stream = apart.stream({ batch: BATCH, seed: 5, from: 0 });
    const seen = new Set<number>();
    for (let step = 0; step < steps; step++) {
      const { images, classes } = await stream.take(step);
      const shades = shadesIn(images);
      expect(shadesIn(apart.batch({ step, batch: BATCH, seed: 5 }))).toEqual(shades);
      expect([...(classes ?? [])]).toEqual(shades.map((shade) => Math.min(2, shade >> 4)));
      for (const shade of shades) seen.add(shade);
    }
    stream.close();
    expect(inOrder([...seen])).toEqual(inOrder(trained));
  },
);

test('pictures that were renamed, moved and put into other folders are held out as before', async () => {
  const { folder, dataset } = await open();
  const before = apartBy(dataset);
  const moved = join(folder.images, '..', 'moved');
  mkdirSync(moved);
  for (const name of CLASSES)
    for (const file of readdirSync(join(folder.images, name)))
      renameSync(join(folder.images, name, file), join(moved, `${999 - Number.parseInt(file, 10)} new.png`));
  const source = { kind: 'files' as const, paths: [moved] };
  const after = apartBy(await openTestFolder(folder, { source }));
  expect(shadesOf(after.heldOut!)).not.toEqual(shadesOf(before.heldOut!));
  expect(inOrder(shadesOf(after.heldOut!))).toEqual(inOrder(shadesOf(before.heldOut!)));
  const like = dataset.pictures!([]);
  const again = apartBy(await openTestFolder(folder, { source, like }));
  expect(shadesOf(again)).toEqual(shadesOf(before));
  const request = { step: 7, batch: BATCH, seed: 5 };
  expect(shadesIn(again.batch(request))).toEqual(shadesIn(before.batch(request)));
});

test('nothing is held out of points, nor with a share of 0', async () => {
  const { dataset } = await open();
  expect(dataset.heldOut).toBeUndefined();
  expect(dataset.holdOut!({ heldOut: 0, seed: 1, classes: [] })).toBeUndefined();
  expect(pointsDataset(STUDY_POINTS.ring, DEFAULT_DATASET_OPTIONS).holdOut).toBeUndefined();
});
