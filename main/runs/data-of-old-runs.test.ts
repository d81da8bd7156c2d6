/** Runs whose pictures cannot be used any more, or were never recorded: what they keep, and what is said. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
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
import { oldConfig } from './test-old-config.ts';

let folder: TestFolder;
let runFolder: string;
beforeEach(() => {
  folder = createTestFolder();
  runFolder = join(folder.images, '..', 'run');
});

const how = () => ({ folders: folder.folders, decoders: testDecoders });

/** Settings of a run that learns these classes, of which each has two pictures. */
function configWith(classes: string[]): RunConfig {
  for (const [place, name] of classes.entries())
    for (const shade of [0, 20]) folder.add(`${name}/${shade}.png`, greyPng({ shade: 50 * place + shade }));
  const { dataset } = DEFAULT_RUN_CONFIG;
  const source = { kind: 'files' as const, paths: [folder.images] };
  return { ...DEFAULT_RUN_CONFIG, name: 'Faces', classes, dataset: { ...dataset, source } };
}

async function newRun(config: RunConfig): Promise<Run> {
  const dataset = await openNewData(config, how());
  dataset.close();
  return createRun(runFolder, config, dataset);
}

test('a run of an older version keeps its classes in the order in which it has numbered them', async () => {
  const classes = ['1', '10', '2'];
  const config = oldConfig(configWith(classes), { version: 5, folder: folder.images });
  mkdirSync(runFolder);
  writeFileSync(join(runFolder, 'config.json'), JSON.stringify(config));
  const run = Run.open(runFolder);
  for (const time of ['first', 'second']) {
    const { dataset } = await openRunData(run, how());
    dataset.close();
    expect([time, dataset.summary.classes.map(({ name }) => name)]).toEqual([time, classes]);
    keepData(run, dataset);
    expect(run.pictures()).toMatchObject({ classes, labels: [0, 0, 1, 1, 2, 2] });
  }
});

test('a run that is not to go on with changed pictures is left as it was, and let go of', async () => {
  await newRun(configWith(['cats', 'dogs']));
  const read = () =>
    ['config.json', 'pictures.json'].map((name) => readFileSync(join(runFolder, name), 'utf8'));
  const before = read();
  rmSync(join(folder.images, 'cats', '0.png'));
  await expect(relinkRun(runFolder, { ...how(), program: 'a test' })).rejects.toMatchObject({
    code: 'data-changed',
    message: expect.stringContaining('1 of the 4 pictures is gone. By class: cats had 2 and has 1.'),
  });
  expect([read(), readHistory(runFolder).dataChanges]).toEqual([before, []]);
  holdRun(runFolder, 'another test')();
});

test('a run whose class folders were all renamed says what it misses, also when it is to go on', async () => {
  const run = await newRun(configWith(['cats', 'dogs']));
  for (const name of ['cats', 'dogs'])
    renameSync(join(folder.images, name), join(folder.images, `my ${name}`));
  for (const changedData of ['refuse', 'go-on'] as const)
    await expect(openRunData(run, { ...how(), changedData })).rejects.toMatchObject({
      code: 'too-few-images',
      message:
        'The pictures are not those that the run Faces was trained on. None of the 4 pictures is there any more. By class: cats had 2 and has 0; dogs had 2 and has 0. No picture is left; training needs at least 2.',
    });
});
