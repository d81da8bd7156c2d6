/** Runs go to the folder that a person chose or nowhere: never silently elsewhere. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureRunsFolder, requireRunsFolder, requireWritable, troubleWith } from './runs-folder.ts';

let place: string;
const at = (...parts: string[]) => path.join(place, ...parts);

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-runs-folder-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

test('the default folder is made when it is needed; a chosen one whose disk is gone is not', () => {
  const usual = { folder: at('documents', 'GAN Studio'), isDefault: true };
  const chosen = { folder: at('stick', 'runs'), isDefault: false };
  expect(troubleWith(usual)).toBeUndefined();
  ensureRunsFolder(usual);
  expect(fs.readdirSync(place)).toEqual(['documents']);
  expect(troubleWith(chosen)).toMatchObject({ code: 'runs-folder-missing' });
  expect(() => ensureRunsFolder(chosen)).toThrow(`The folder for runs is not there: ${chosen.folder}.`);
  expect(() => requireRunsFolder(chosen)).toThrow('is not there');
  expect(fs.existsSync(at('stick'))).toBe(false);
  fs.mkdirSync(chosen.folder, { recursive: true });
  requireRunsFolder(chosen);
  expect(troubleWith(chosen)).toBeUndefined();
});

test('a file with the folder’s path is no folder', () => {
  fs.writeFileSync(at('runs'), '');
  expect(troubleWith({ folder: at('runs'), isDefault: false })).toMatchObject({
    code: 'runs-folder-missing',
  });
});

test('a folder that can be written to is taken, and left as it was', () => {
  requireWritable(place);
  expect(fs.readdirSync(place)).toEqual([]);
});

test('one that cannot be written to is refused with the reason', () => {
  fs.writeFileSync(at('file'), '');
  expect(() => requireWritable(at('file'))).toThrow('a part of its path is a file, not a folder');
  expect(() => requireWritable(at('none'))).toThrow('it is not there');
  expect(() => requireWritable('/proc/self')).toThrow(/^Runs cannot be saved in \/proc\/self: /);
});
