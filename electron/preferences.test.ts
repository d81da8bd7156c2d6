/** Preferences outlive the app; a damaged file is kept and costs only the choices in it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { readList, saveList } from './list-file.ts';
import { PreferencesFile } from './preferences.ts';

let place: string;
const at = (...parts: string[]) => path.join(place, ...parts);
const defaults = { runsFolder: '/home/someone/GAN Studio', threads: 0, keepAwake: true, notify: true };
const open = (own = defaults) => new PreferencesFile({ file: at('preferences.json'), defaults: own });

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-preferences-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

test('a new machine has the defaults, and writes nothing', () => {
  expect(open().current).toEqual(defaults);
  expect(open().runs.isDefault).toBe(true);
  expect(fs.readdirSync(place)).toEqual([]);
});

test('changes hold in later sessions; the rest follows the defaults, also when those change', () => {
  open().change({ threads: 3, notify: false });
  const moved = { ...defaults, runsFolder: '/media/stick/runs' };
  expect(open(moved).current).toEqual({ ...moved, threads: 3, notify: false });
  open().change({ runsFolder: at('runs') });
  expect(open().current.runsFolder).toBe(at('runs'));
  expect(open().runs.isDefault).toBe(false);
  open().change({ runsFolder: undefined });
  expect(open(moved).current.runsFolder).toBe('/media/stick/runs');
  expect(open().runs.isDefault).toBe(true);
});

test('with a damaged file the defaults apply, and the file is kept', () => {
  for (const damage of ['{"threads": 3', '[]', '', '{"threads": -1}', '{"runsFolder": "runs"}']) {
    fs.writeFileSync(at('preferences.json'), damage);
    const preferences = open();
    expect(preferences.current, damage).toEqual(defaults);
    expect(fs.readFileSync(at('preferences-damaged.json'), 'utf8')).toBe(damage);
    preferences.change({ threads: 2 });
    expect(open().current.threads).toBe(2);
    expect(fs.readFileSync(at('preferences-damaged.json'), 'utf8')).toBe(damage);
  }
});

test('a change that cannot be saved is reported, and not made', () => {
  const preferences = open();
  preferences.change({ threads: 1 });
  fs.rmSync(at('preferences.json'));
  fs.mkdirSync(at('preferences.json', 'in the way'), { recursive: true });
  expect(() => preferences.change({ threads: 4 })).toThrow('The preferences could not be saved');
  expect(preferences.current.threads).toBe(1);
  expect(fs.readdirSync(place)).toEqual(['preferences.json']);
});

test('nothing is written through a link beside it, and its permissions stay', () => {
  const elsewhere = at('elsewhere');
  fs.writeFileSync(elsewhere, 'mine');
  for (const name of ['preferences.json.unfinished', 'preferences.json.part', 'list.json.part'])
    fs.symlinkSync(elsewhere, at(name));
  fs.symlinkSync(elsewhere, at('list.json'));
  open().change({ threads: 1 });
  fs.chmodSync(at('preferences.json'), 0o600);
  open().change({ threads: 2 });
  saveList(at('list.json'), [1]);
  expect(fs.readFileSync(elsewhere, 'utf8')).toBe('mine');
  expect(fs.statSync(at('preferences.json')).mode & 0o777).toBe(0o600);
  expect(readList(at('list.json'), z.number())).toEqual([1]);
});
