/** Recent data sets outlive the app, and a damaged or older file is no error. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, STUDY_POINTS, type RecentDataset } from '#main/contract/index.ts';
import { RecentDatasets } from './recent-datasets.ts';

let place: string;
const at = (...parts: string[]) => path.join(place, ...parts);
const open = () => new RecentDatasets(at('recent.json'), at('folders.json'));
const named = (...paths: string[]): RecentDataset => ({
  source: { kind: 'files', paths },
  options: DEFAULT_DATASET_OPTIONS,
  leftOut: [],
  name: path.basename(paths[0] ?? ''),
  count: 40,
});
const names = (recent: RecentDatasets) => recent.list.map(({ name }) => name);

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-recent-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

test('the newest is first, in later sessions too, and one can be forgotten', () => {
  const before = open();
  before.remember(named('/a'));
  before.remember(named('/b', '/c.png'));
  expect(open().list).toEqual([named('/b', '/c.png'), named('/a')]);
  expect(open().places).toEqual(['/b', '/c.png', '/a']);
  before.forget({ kind: 'files', paths: ['/a'] });
  expect(names(open())).toEqual(['b']);
});

test('the same source replaces the earlier entry, in whatever order its paths come', () => {
  const recent = open();
  recent.remember(named('/a', '/b'));
  recent.remember(named('/c'));
  recent.remember({ ...named('/b', '/a'), leftOut: ['0'.repeat(32)] });
  expect(recent.list.map(({ leftOut }) => leftOut.length)).toEqual([1, 0]);
  for (const points of [STUDY_POINTS.ring, STUDY_POINTS.grid])
    recent.remember({ ...named('/x'), name: points.layout, source: { kind: 'points', points } });
  expect(names(recent)).toEqual(['grid', 'b', 'c']);
});

test('at most twelve are kept', () => {
  const recent = open();
  for (let i = 0; i < 20; i++) recent.remember(named(`/${i}`));
  expect(names(open())).toEqual(Array.from({ length: 12 }, (_, i) => String(19 - i)));
});

test('folders from older versions count as data sets, and stay granted behind newer ones', () => {
  fs.writeFileSync(at('folders.json'), JSON.stringify(['/old/cats', '/old/dogs']));
  const recent = open();
  expect(recent.list[0]).toMatchObject({ name: 'dogs', source: { kind: 'files', paths: ['/old/dogs'] } });
  for (let i = 0; i < 12; i++) recent.remember(named(`/${i}`));
  const later = open();
  expect(later.list).toHaveLength(12);
  expect(later.places).toEqual(expect.arrayContaining(['/old/cats', '/old/dogs']));
});

test('damaged entries are ignored', () => {
  for (const damage of ['{"not": "a list"}', '[{"source":', '']) {
    fs.writeFileSync(at('recent.json'), damage);
    expect(open().list, damage).toEqual([]);
  }
  fs.writeFileSync(at('recent.json'), JSON.stringify([named('/a'), { name: 'half' }, 7, named('/b')]));
  expect(names(open())).toEqual(['a', 'b']);
});
