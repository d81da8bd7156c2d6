/** The pictures of a run, compared with those that it was trained on. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  STUDY_POINTS,
  type DatasetOptions,
  type DatasetSource,
  type RunConfig,
} from '../contract/index.ts';
import { hashOf } from '../datasets/content.ts';
import { createTestFolder, type TestFolder } from '../datasets/test-folder.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import {
  createRun,
  holdRun,
  keepData,
  openNewData,
  openRunData,
  readHistory,
  relinkRun,
  Run,
} from './index.ts';

const named = (folder: string): DatasetSource => ({ kind: 'files', paths: [folder] });

/** A folder of 40 pictures, in two class folders where told. */
function pictures({ classes = false } = {}): TestFolder & {
  how: { folders: TestFolder['folders']; decoders: typeof testDecoders };
} {
  const folder = createTestFolder();
  for (let index = 0; index < 40; index++) {
    const kind = index < 20 ? 'cats/' : 'dogs/';
    folder.add(`${classes ? kind : ''}${index}.png`, greyPng({ shade: 3 * index }));
  }
  return { ...folder, how: { folders: folder.folders, decoders: testDecoders } };
}

async function runOn(
  folder: ReturnType<typeof pictures>,
  classes: string[] = [],
  options: Partial<DatasetOptions> = {},
): Promise<Run> {
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    name: 'Shades',
    classes,
    dataset: {
      source: named(folder.images),
      options: { ...DEFAULT_DATASET_OPTIONS, size: 28, colour: 'grey', ...options },
      leftOut: [],
    },
  };
  const dataset = await openNewData(config, folder.how);
  const run = createRun(path.join(folder.folders.runs, 'run'), config, dataset);
  dataset.close();
  return run;
}

/** What opening says: how the pictures differ, or the code of a failure with its message. */
async function opened(run: Run, given: Parameters<typeof openRunData>[1]): Promise<string | undefined> {
  try {
    const { dataset, change } = await openRunData(Run.open(run.folder), given);
    dataset.close();
    return change;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

const write = (folder: TestFolder, name: string, shade: number) => folder.add(name, greyPng({ shade }));

test('30 of 40 pictures deleted and 5 added is told, refused, and gone on with when that is asked for', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  for (let index = 0; index < 30; index++) fs.rmSync(path.join(folder.images, `${index}.png`));
  for (let index = 0; index < 5; index++) write(folder, `black ${index}.png`, 1);
  expect(await opened(run, folder.how)).toBe(
    'data-changed: The pictures are not those that the run Shades was trained on. 30 of the 40 pictures are gone, and 5 are new.',
  );
  expect(await opened(run, { ...folder.how, changedData: 'go-on' })).toContain('30 of the 40');
});

test('every picture replaced under its name is told, though sizes and times are as they were', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  for (let index = 0; index < 40; index++) {
    const file = path.join(folder.images, `${index}.png`);
    const { atime, mtime } = fs.statSync(file);
    write(folder, `${index}.png`, 3 * index + 1);
    fs.utimesSync(file, atime, mtime);
  }
  expect(await opened(run, folder.how)).toContain(
    'None of the 40 pictures is there any more; 40 others are there.',
  );
});

test('two class folders swapped are told to a run that learns classes, and to no other', async () => {
  const swap = (images: string) => {
    fs.renameSync(path.join(images, 'cats'), path.join(images, 'x'));
    fs.renameSync(path.join(images, 'dogs'), path.join(images, 'cats'));
    fs.renameSync(path.join(images, 'x'), path.join(images, 'dogs'));
  };
  const conditional = pictures({ classes: true });
  const run = await runOn(conditional, ['cats', 'dogs']);
  swap(conditional.images);
  expect(await opened(run, conditional.how)).toContain('40 pictures are in another class than before.');
  const plain = pictures({ classes: true });
  const other = await runOn(plain);
  swap(plain.images);
  expect(await opened(other, plain.how)).toBeUndefined();
});

test('a renamed class is told, and its pictures are left out of a run that does not know it', async () => {
  const folder = pictures({ classes: true });
  const run = await runOn(folder, ['cats', 'dogs']);
  fs.renameSync(path.join(folder.images, 'dogs'), path.join(folder.images, 'owls'));
  expect(await opened(run, folder.how)).toContain(
    '20 of the 40 pictures are gone. By class: dogs had 20 and has 0.',
  );
});

test('a moved folder with renamed files is accepted by its content, and batches stay the same bit for bit', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  const before = await openRunData(run, folder.how);
  const moved = path.join(folder.images, '..', 'moved');
  fs.renameSync(folder.images, moved);
  for (let index = 0; index < 40; index++)
    fs.renameSync(path.join(moved, `${index}.png`), path.join(moved, `${(7 * index) % 40} again.png`));
  expect(await opened(run, folder.how)).toMatch(/^folder-missing: .* is not there\.$/);
  const after = await openRunData(run, { ...folder.how, source: named(moved) });
  expect(after.change).toBeUndefined();
  for (let step = 0; step < 5; step++) {
    const request = { step, batch: 16, seed: 3 };
    expect(after.dataset.batch(request)).toEqual(before.dataset.batch(request));
  }
  after.dataset.close();
  before.dataset.close();
});

test('relinking writes the place down, and says nothing in the log when the pictures are the same', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  const moved = path.join(folder.images, '..', 'moved');
  fs.renameSync(folder.images, moved);
  const dataset = await relinkRun(run.folder, { ...folder.how, source: named(moved), program: 'a test' });
  expect(dataset.source).toEqual(named(moved));
  expect(Run.open(run.folder).config.dataset).toEqual(dataset);
  expect(await opened(run, folder.how)).toBeUndefined();
  expect(readHistory(run.folder).dataChanges).toEqual([]);
});

test('going on with changed pictures keeps them as the run’s, logs it, and forgets the best checkpoint', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  run.prepare();
  const best = path.join(run.folder, 'checkpoints', 'best.json');
  fs.writeFileSync(best, JSON.stringify({ file: 'step-000000001.safetensors', distance: 0.1 }));
  fs.rmSync(path.join(folder.images, '0.png'));
  const asked = { ...folder.how, program: 'a test' };
  await expect(relinkRun(run.folder, asked)).rejects.toMatchObject({ code: 'data-changed' });
  expect(fs.existsSync(best)).toBe(true);
  const { content } = await relinkRun(run.folder, { ...asked, changedData: 'go-on' });
  expect(content?.count).toBe(39);
  expect(fs.existsSync(best)).toBe(false);
  expect(readHistory(run.folder).dataChanges).toEqual([
    { step: 0, message: '1 of the 40 pictures is gone.' },
  ]);
  expect(await opened(run, folder.how)).toBeUndefined();
});

test('a run that a process trains is not relinked', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  const release = holdRun(run.folder, 'another test');
  await expect(relinkRun(run.folder, { ...folder.how, program: 'a test' })).rejects.toMatchObject({
    code: 'run-held',
  });
  release();
});

test('without its list, the content in the settings still tells that pictures have changed', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  fs.writeFileSync(path.join(run.folder, 'pictures.json'), '{"hashes": "spoilt"}');
  expect(await opened(run, folder.how)).toBeUndefined();
  write(folder, '0.png', 250);
  expect(await opened(run, folder.how)).toContain('Some or all of the pictures are other ones than before.');
});

test('a run begun before its pictures were recorded accepts what is there, and keeps it from then on', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  const { source, options, leftOut } = run.config.dataset;
  run.change({ dataset: { source, options, leftOut } });
  fs.rmSync(path.join(run.folder, 'pictures.json'));
  write(folder, '0.png', 250);
  const found = await openRunData(run, folder.how);
  expect(found.change).toBeUndefined();
  keepData(run, found.dataset);
  found.dataset.close();
  write(folder, '1.png', 251);
  expect(await opened(run, folder.how)).toContain('1 of the 40 pictures is gone, and 1 is new.');
});

test('pictures that changed between opening and Start are told before a run is made', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  for (let index = 0; index < 30; index++) fs.rmSync(path.join(folder.images, `${index}.png`));
  await expect(openNewData(run.config, folder.how)).rejects.toMatchObject({
    code: 'data-changed',
    message:
      'Since they were opened, the pictures have changed. There were 40 pictures; now 10 pictures are there.',
  });
  const dataset = await openNewData(run.config, { ...folder.how, changedData: 'go-on' });
  expect(dataset.count).toBe(10);
  dataset.close();
});

test('with all but one picture left out by hand there is nothing to train on', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  const leftOut = fs
    .readdirSync(folder.images)
    .slice(1)
    .map((name) => hashOf(fs.readFileSync(path.join(folder.images, name))));
  const config = { ...run.config, dataset: { ...run.config.dataset, leftOut } };
  await expect(openNewData(config, folder.how)).rejects.toMatchObject({
    code: 'too-few-images',
    message: expect.stringContaining('One picture is left; training needs at least 2.'),
    remedy: 'Put some of those back that you have left out.',
  });
});

test('a run of points, or of a set that comes with the app, is not pointed at files, nor the other way round', async () => {
  const folder = pictures();
  const run = await runOn(folder);
  const points: DatasetSource = { kind: 'points', points: STUDY_POINTS.ring };
  await expect(openRunData(run, { ...folder.how, source: points })).rejects.toMatchObject({
    code: 'other-data',
  });
  run.change({ dataset: { ...run.config.dataset, source: points } });
  const asked = {
    ...folder.how,
    source: named(folder.images),
    changedData: 'go-on',
    program: 'a test',
  } as const;
  await expect(relinkRun(run.folder, asked)).rejects.toMatchObject({
    code: 'other-data',
    message: 'The run Shades was trained on points of the plane, and cannot go on with files.',
  });
  expect(Run.open(run.folder).config.dataset.source).toEqual(points);
});

test('a run that learns two classes goes on with one of them when that is asked for', async () => {
  const folder = pictures({ classes: true });
  const run = await runOn(folder, ['cats', 'dogs']);
  fs.rmSync(path.join(folder.images, 'cats'), { recursive: true });
  expect(await opened(run, folder.how)).toContain(
    '20 of the 40 pictures are gone. By class: cats had 20 and has 0.',
  );
  const { dataset } = await openRunData(run, { ...folder.how, changedData: 'go-on' });
  expect(dataset.summary.classes).toEqual([
    { name: 'cats', count: 0 },
    { name: 'dogs', count: 20 },
  ]);
  dataset.close();
});

test('a run that evens out classes is told when pictures change theirs, though its GAN is told none', async () => {
  const folder = pictures({ classes: true });
  const run = await runOn(folder, [], { evenClasses: true });
  for (let index = 0; index < 5; index++)
    fs.renameSync(
      path.join(folder.images, `cats/${index}.png`),
      path.join(folder.images, `dogs/${index}.png`),
    );
  expect(await opened(run, folder.how)).toContain('5 pictures are in another class than before.');
});
