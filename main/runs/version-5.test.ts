/** Configs of version 5, in which the folder of the pictures was part of what defined a run. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, RUN_CONFIG_VERSION, type RunConfig } from '../contract/index.ts';
import { configHash, isConfigHash, Run } from './index.ts';
import { oldConfig, oldHash } from './test-old-config.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-version-5-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function readAgain(before: Record<string, unknown>): RunConfig {
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(before));
  return Run.open(folder).config;
}

test.each([
  [[], 'ignored'],
  [['cats', 'dogs'], 'found'],
] as const)(
  'a run of a folder with the classes %j goes on with its pictures, wherever they lie by now',
  (classes, option) => {
    const before = oldConfig(
      { ...DEFAULT_RUN_CONFIG, classes: [...classes] },
      { version: 5, folder: '/old/place' },
    );
    const read = readAgain(before);
    expect(read.version).toBe(RUN_CONFIG_VERSION);
    expect(read.dataset).toMatchObject({
      source: { kind: 'files', paths: ['/old/place'] },
      options: { classes: option, evenClasses: false },
      leftOut: [],
      hashedPath: '/old/place',
    });
    const hash = oldHash(before);
    expect(isConfigHash(hash, read)).toBe(true);
    const moved = { ...read.dataset, source: { kind: 'files' as const, paths: ['/new/place'] } };
    expect(isConfigHash(hash, { ...read, dataset: moved })).toBe(true);
    const evened = { ...moved, options: { ...moved.options, evenClasses: true } };
    expect(isConfigHash(hash, { ...read, dataset: evened })).toBe(false);
    const smaller = { ...moved, options: { ...moved.options, size: 32 as const } };
    expect(isConfigHash(hash, { ...read, dataset: smaller })).toBe(false);
    expect(isConfigHash(hash, { ...read, seed: 7 })).toBe(false);
  },
);

test('the checkpoints of a run on a set that comes with the app are recognised', () => {
  const before = oldConfig(DEFAULT_RUN_CONFIG, { version: 5 });
  const read = readAgain(before);
  expect(isConfigHash(oldHash(before), read)).toBe(true);
  const emoji = { ...read.dataset, source: { kind: 'built-in' as const, name: 'emoji' as const } };
  expect(isConfigHash(oldHash(before), { ...read, dataset: emoji })).toBe(false);
});

test('the place, the content and what is left out of the pictures are no part of what defines a run', () => {
  const of = (paths: string[], leftOut: string[]): RunConfig => ({
    ...DEFAULT_RUN_CONFIG,
    dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'files', paths }, leftOut },
  });
  const hash = configHash(of(['/a'], []));
  expect(isConfigHash(hash, of(['/b', '/c'], ['0'.repeat(32)]))).toBe(true);
});
