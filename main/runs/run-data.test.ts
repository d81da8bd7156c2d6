/** The pictures of a run: found again wherever they lie, and never changed silently. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type DatasetSource, type RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { createTestFolder, type TestFolder } from '../datasets/test-folder.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import {
  createRun,
  failureOfChange,
  holdRun,
  keepData,
  likeOf,
  openNewData,
  openRunData,
  readHistory,
  relinkRun,
  Run,
} from './index.ts';
import { oldConfig } from './test-old-config.ts';

let folder: TestFolder;
let runFolder: string;
beforeEach(() => {
  folder = createTestFolder();
  runFolder = join(folder.folders.runs, 'run');
  mkdirSync(folder.folders.runs);
  for (let index = 0; index < 8; index++) folder.add(`${index}.png`, greyPng({ shade: 20 * index }));
});

const files = (...paths: string[]): DatasetSource => ({ kind: 'files', paths });
const how = () => ({ folders: folder.folders, decoders: testDecoders });

function configOf(changes: Partial<RunConfig> = {}): RunConfig {
  const { dataset } = DEFAULT_RUN_CONFIG;
  return {
    ...DEFAULT_RUN_CONFIG,
    name: 'Faces',
    dataset: { ...dataset, source: files(folder.images) },
    ...changes,
  };
}

async function newRun(config: RunConfig = configOf()): Promise<{ run: Run; dataset: Dataset }> {
  const dataset = await openNewData(config, how());
  dataset.close();
  return { run: createRun(runFolder, config, dataset), dataset };
}

/** Opens the run's pictures and closes them again. */
async function open(asked: Partial<Parameters<typeof openRunData>[1]> = {}) {
  const found = await openRunData(Run.open(runFolder), { ...how(), ...asked });
  found.dataset.close();
  return found;
}

const relink = (asked: { source?: DatasetSource; changedData?: 'go-on' } = {}) =>
  relinkRun(runFolder, { ...how(), ...asked, program: 'a test' });

function moveImages(): string {
  const moved = join(folder.images, '..', 'moved');
  renameSync(folder.images, moved);
  return moved;
}

const stored = () => JSON.parse(readFileSync(join(runFolder, 'config.json'), 'utf8')) as RunConfig;

/** Removes six of the eight pictures, and adds one. */
function changeImages(): void {
  for (let index = 2; index < 8; index++) rmSync(join(folder.images, `${index}.png`));
  folder.add('new.png', greyPng({ shade: 255 }));
}

const CHANGE = '6 of the 8 pictures are gone, and 1 is new.';

test('a new run keeps the content and the list of its pictures', async () => {
  const { run, dataset } = await newRun();
  expect(stored().dataset.content).toEqual(dataset.summary.content);
  expect(run.pictures()).toEqual(dataset.pictures?.([]));
  expect(run.pictures()?.hashes).toHaveLength(8);
  expect((await open()).change).toBeUndefined();
});

test('a new run is refused when its pictures changed after they were opened, unless it is to go on', async () => {
  const { content } = (await newRun()).dataset.summary;
  const { dataset } = configOf();
  const config = configOf({ dataset: { ...dataset, content } });
  (await openNewData(config, how())).close();
  changeImages();
  await expect(openNewData(config, how())).rejects.toMatchObject({
    code: 'data-changed',
    message:
      'The pictures have changed since they were opened. There were 8 pictures; now 3 pictures are there.',
  });
  const opened = await openNewData(config, { ...how(), changedData: 'go-on' });
  expect(opened.count).toBe(3);
  opened.close();
});

test('a run whose pictures changed says how, and goes on if asked to', async () => {
  await newRun();
  changeImages();
  await expect(open()).rejects.toMatchObject({
    code: 'data-changed',
    message: `The pictures are not those that the run Faces was trained on. ${CHANGE}`,
  });
  const { dataset, change } = await open({ changedData: 'go-on' });
  expect([dataset.count, change]).toEqual([3, CHANGE]);
  expect(failureOfChange(Run.open(runFolder), dataset)).toMatchObject({ code: 'data-changed' });
});

describe('a folder that was moved', () => {
  test('is accepted by its content, and refused where it is another one', async () => {
    await newRun();
    const moved = moveImages();
    await expect(open()).rejects.toMatchObject({ code: 'folder-missing' });
    expect((await open({ source: files(moved) })).change).toBeUndefined();
    mkdirSync(folder.images);
    for (let index = 0; index < 3; index++) folder.add(`${index}.png`, greyPng({ shade: 200 + index }));
    await expect(open({ source: files(folder.images) })).rejects.toMatchObject({
      code: 'data-changed',
      message: expect.stringContaining('All 8 pictures are gone; 3 others are there.'),
    });
  });

  test('is recorded as the new place, and the log says nothing', async () => {
    const { run } = await newRun();
    const before = { content: stored().dataset.content, pictures: run.pictures() };
    const moved = moveImages();
    const choice = await relink({ source: files(moved) });
    expect(choice.source).toEqual(files(moved));
    expect(stored().dataset).toEqual(choice);
    expect({ content: choice.content, pictures: Run.open(runFolder).pictures() }).toEqual(before);
    expect(readHistory(runFolder).dataChanges).toEqual([]);
    expect((await open()).change).toBeUndefined();
  });
});

describe('a run that goes on with changed pictures', () => {
  test('keeps them, says so in its log, and forgets which checkpoint was best', async () => {
    const { run } = await newRun();
    const best = join(runFolder, 'checkpoints', 'best.json');
    mkdirSync(dirname(best), { recursive: true });
    writeFileSync(best, '{}');
    const before = run.pictures();
    changeImages();
    const { content } = await relink({ changedData: 'go-on' });
    expect(content?.count).toBe(3);
    expect(stored().dataset.content).toEqual(content);
    expect(Run.open(runFolder).pictures()).not.toEqual(before);
    expect(readHistory(runFolder).dataChanges).toEqual([{ step: 0, message: CHANGE }]);
    expect(() => readFileSync(best)).toThrow('ENOENT');
    expect((await open()).change).toBeUndefined();
  });

  test('is left as it was when that was not allowed', async () => {
    await newRun();
    const before = readFileSync(join(runFolder, 'config.json'), 'utf8');
    changeImages();
    await expect(relink()).rejects.toMatchObject({ code: 'data-changed' });
    expect(readFileSync(join(runFolder, 'config.json'), 'utf8')).toBe(before);
    expect(readHistory(runFolder).dataChanges).toEqual([]);
    holdRun(runFolder, 'another test')(); // it was released
  });

  test('is refused while a process trains it', async () => {
    await newRun();
    const release = holdRun(runFolder, 'another test');
    await expect(relink({ changedData: 'go-on' })).rejects.toMatchObject({ code: 'run-held' });
    release();
    await relink({ changedData: 'go-on' });
  });

  test('needs two pictures', async () => {
    await newRun();
    for (let index = 1; index < 8; index++) rmSync(join(folder.images, `${index}.png`));
    await expect(relink({ changedData: 'go-on' })).rejects.toMatchObject({ code: 'too-few-images' });
  });
});

test.each<[what: string, source: DatasetSource, words: string]>([
  [
    'a set that comes with the app',
    { kind: 'built-in', name: 'digits' },
    'cannot go on with Digits, a set that comes with GAN Studio.',
  ],
  ['points', { kind: 'points', points: STUDY_POINTS.ring }, 'cannot go on with points of the plane.'],
])('a run of pictures is not pointed at %s, which would make it another run', async (_, source, words) => {
  await newRun();
  const before = readFileSync(join(runFolder, 'config.json'), 'utf8');
  await expect(relink({ source, changedData: 'go-on' })).rejects.toMatchObject({
    code: 'cannot',
    message: `The run Faces was trained on pictures of your own; it ${words}`,
  });
  expect(readFileSync(join(runFolder, 'config.json'), 'utf8')).toBe(before);
});

test('a run of points cannot be pointed at pictures', async () => {
  const { dataset } = configOf();
  await newRun(configOf({ dataset: { ...dataset, source: { kind: 'points', points: STUDY_POINTS.ring } } }));
  await expect(relink({ source: files(folder.images), changedData: 'go-on' })).rejects.toMatchObject({
    code: 'cannot',
    message: 'The run Faces was trained on points of the plane; it cannot go on with pictures of your own.',
  });
});

describe('a run with classes', () => {
  const CLASSES = ['cats', 'dogs'];
  const conditional = () => configOf({ classes: CLASSES });

  beforeEach(() => {
    for (let index = 0; index < 8; index++) rmSync(join(folder.images, `${index}.png`));
    for (const [number, name] of CLASSES.entries())
      for (let index = 0; index < 3; index++)
        folder.add(`${name}/${index}.png`, greyPng({ shade: 100 * number + 20 * index }));
  });

  test('notices classes that were swapped', async () => {
    await newRun(conditional());
    const [cats, dogs, away] = ['cats', 'dogs', 'away'].map((name) => join(folder.images, name));
    renameSync(cats!, away!);
    renameSync(dogs!, cats!);
    renameSync(away!, dogs!);
    await expect(open()).rejects.toMatchObject({
      code: 'data-changed',
      message: expect.stringContaining('6 pictures are in another class than before.'),
    });
  });

  test('says what has become of classes that were all renamed, also when it is to go on', async () => {
    await newRun(conditional());
    for (const name of CLASSES) renameSync(join(folder.images, name), join(folder.images, `my ${name}`));
    await expect(open()).rejects.toMatchObject({
      code: 'data-changed',
      message: expect.stringContaining(
        'All 6 pictures are gone. By class: cats had 3 and has 0; dogs had 3 and has 0.',
      ),
    });
    await expect(open({ changedData: 'go-on' })).rejects.toMatchObject({
      code: 'too-few-images',
      message:
        'No picture is left; training needs at least 2. Of the others, 6 are in none of its classes: cats, dogs.',
      remedy: 'Give the folders the names of the classes.',
    });
  });

  test('goes on wherever its pictures lie if it ignores classes', async () => {
    await newRun();
    renameSync(join(folder.images, 'cats'), join(folder.images, 'felines'));
    expect((await open()).change).toBeUndefined();
  });
});

describe('a run begun before its pictures were recorded', () => {
  function writeOldRun(classes: string[]): Run {
    mkdirSync(runFolder);
    const config = oldConfig(configOf({ classes }), { version: 5, folder: folder.images });
    writeFileSync(join(runFolder, 'config.json'), JSON.stringify(config));
    return Run.open(runFolder);
  }

  test('goes on with what is there, and keeps that', async () => {
    const run = writeOldRun([]);
    changeImages();
    const { dataset, change } = await open();
    expect([dataset.count, change, run.pictures(), likeOf(run)]).toEqual([
      3,
      undefined,
      undefined,
      undefined,
    ]);
    keepData(run, dataset);
    expect(run.pictures()?.hashes).toHaveLength(3);
    expect(stored().dataset).toMatchObject({ hashedPath: folder.images, content: { count: 3 } });
    rmSync(join(folder.images, 'new.png'));
    await expect(open()).rejects.toMatchObject({
      code: 'data-changed',
      message: expect.stringContaining('1 of the 3 pictures is gone.'),
    });
  });

  test('keeps the classes in the order that it has numbered them in', async () => {
    const classes = ['1', '10', '2'];
    for (const [number, name] of classes.entries())
      for (let index = 0; index < 2; index++)
        folder.add(`${name}/${index}.png`, greyPng({ shade: 50 * number }));
    for (let index = 0; index < 8; index++) rmSync(join(folder.images, `${index}.png`));
    const run = writeOldRun(classes);
    const { dataset } = await open();
    expect(dataset.summary.classes.map(({ name }) => name)).toEqual(classes);
    keepData(run, dataset);
    const list = run.pictures();
    expect(list?.classes).toEqual(classes);
    expect(list?.labels).toEqual([0, 0, 1, 1, 2, 2]);
    expect((await open()).dataset.summary.classes.map(({ name }) => name)).toEqual(classes);
  });
});

test('without the list of pictures, changes are still found by the content in the settings', async () => {
  await newRun();
  writeFileSync(join(runFolder, 'pictures.json'), '{');
  expect((await open()).change).toBeUndefined();
  changeImages();
  await expect(open()).rejects.toMatchObject({
    message: expect.stringContaining('There were 8 pictures; now 3 pictures are there.'),
  });
});

test('a run that evens out classes notices pictures that change theirs, even if its GAN takes none', async () => {
  const place = createTestFolder();
  for (let index = 0; index < 8; index++)
    place.add(`${index < 4 ? 'cats' : 'dogs'}/${index}.png`, greyPng({ shade: 30 * index }));
  const { dataset } = configOf();
  const options = { ...dataset.options, evenClasses: true };
  await newRun(configOf({ dataset: { ...dataset, source: files(place.images), options } }));
  renameSync(join(place.images, 'cats/0.png'), join(place.images, 'dogs/0.png'));
  await expect(open()).rejects.toMatchObject({
    code: 'data-changed',
    message: expect.stringContaining('1 picture is in another class than before.'),
  });
});
