import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecentDataset } from '#main/contract/index.ts';
import { recentEntries } from './recent-entries.ts';
import { RecentRuns } from './recent-runs.ts';

let place: string;
let file: string;
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-recent-'));
  file = path.join(place, 'recent-runs.json');
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

const folderOf = (name: string) => path.join(place, 'runs', name);
const answer = (name: string) => ({ folder: folderOf(name), config: { name }, status: 'training', step: 0 });
const opened = (runs: RecentRuns, name: string) =>
  runs.learn({ name: 'run.open', input: { folder: folderOf(name) } }, answer(name));
const names = (runs: RecentRuns) => runs.list.map(({ name }) => name);

test('the run that was used last comes first, also in the next session', () => {
  const runs = new RecentRuns(file);
  for (const name of ['one', 'two', 'one']) opened(runs, name);
  expect(names(runs)).toEqual(['one', 'two']);
  expect(names(new RecentRuns(file))).toEqual(['one', 'two']);
});

test('renaming a run or moving it to the trash changes the list, and each change is announced', () => {
  const runs = new RecentRuns(file);
  let changes = 0;
  runs.changed = () => changes++;
  for (const name of ['one', 'two']) opened(runs, name);
  runs.learn({ name: 'runs.rename', input: { folder: folderOf('one'), name: 'first' } }, {});
  expect(names(runs)).toEqual(['two', 'first']);
  runs.learn({ name: 'runs.trash', input: { folder: folderOf('two') } }, {});
  expect(names(runs)).toEqual(['first']);
  runs.clear();
  expect(runs.list).toEqual([]);
  expect(changes).toBe(5);
});

test('where no list was kept, the newest runs are the recent ones; a cleared list stays empty', () => {
  const listed = { runs: ['one', 'two'].map(answer) };
  const runs = new RecentRuns(file);
  runs.learn({ name: 'runs.list', input: {} }, listed);
  expect(names(runs)).toEqual(['one', 'two']);
  runs.clear();
  const later = new RecentRuns(file);
  later.learn({ name: 'runs.list', input: {} }, listed);
  expect(later.list).toEqual([]);
});

test('the menu has the newest five that exist, each under a distinct name', async () => {
  const dataset = (folder: string): RecentDataset => ({
    source: { kind: 'files', paths: [folder] },
    options: { size: 32 } as RecentDataset['options'],
    leftOut: [],
    name: path.basename(folder),
    count: 3,
  });
  const folders = ['a/cats', 'b/cats', 'dogs', '1', '2', '3', '4'].map((name) => path.join(place, name));
  for (const folder of folders.filter((each) => !each.endsWith('dogs')))
    fs.mkdirSync(folder, { recursive: true });
  for (const name of ['one', 'elsewhere']) fs.mkdirSync(folderOf(name), { recursive: true });
  fs.writeFileSync(path.join(folderOf('one'), 'config.json'), '{}');
  const { datasets, runs } = await recentEntries({
    datasets: folders.map(dataset),
    runs: ['one', 'elsewhere'].map((name) => ({ folder: folderOf(name), name })),
    runsFolder: path.join(place, 'runs'),
  });
  expect(datasets.map(({ label }) => label)).toEqual([
    `cats (${path.join(place, 'a/cats')})`,
    `cats (${path.join(place, 'b/cats')})`,
    '1',
    '2',
    '3',
  ]);
  expect(runs).toEqual([{ label: 'one', folder: folderOf('one') }]);
});
