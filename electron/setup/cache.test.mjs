// @ts-check
/** The cache stays whole when set-up is interrupted, runs twice at once, or finds damage. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchNpmPackage, fetchWheel } from './download.mjs';
import { makeOnce, place } from './files.mjs';
import { withLock } from './lock.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gan-studio-setup-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const onLinux = process.platform === 'linux';
const content = 'a whole wheel';
const wheel = {
  name: 'toy',
  version: '1.0',
  bytes: content.length,
  python: '3.11',
  sha256: createHash('sha256').update(content).digest('hex'),
};

test('an interrupted folder leaves nothing under its final name, and the next try completes it', async () => {
  const product = path.join(folder, 'product');
  await expect(
    makeOnce(product, async (staging) => {
      writeFileSync(path.join(staging, 'half'), '');
      throw new Error('interrupted');
    }),
  ).rejects.toThrow('interrupted');
  expect(readdirSync(folder)).toEqual([]);
  mkdirSync(path.join(folder, 'staging-product-left'));
  writeFileSync(path.join(folder, 'staging-product-left', 'left by a killed process'), '');
  await makeOnce(product, async (staging) => writeFileSync(path.join(staging, 'whole'), ''));
  expect(readdirSync(product)).toEqual(['whole']);
  expect(readdirSync(folder)).toEqual(['product']);
});

test.runIf(onLinux)('a damaged wheel in the cache is downloaded again, a whole one is not', async () => {
  vi.stubEnv('XDG_CACHE_HOME', folder);
  let downloads = 0;
  const download = async (/** @type {unknown} */ _wheel, /** @type {string} */ into) => {
    downloads += 1;
    writeFileSync(path.join(into, 'toy-1.0-py3-none-any.whl'), content);
  };
  const file = await fetchWheel(wheel, download);
  await fetchWheel(wheel, download);
  expect(downloads).toBe(1);
  writeFileSync(file, 'damaged');
  await fetchWheel(wheel, download);
  expect(downloads).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test.runIf(onLinux)('an npm package with a scope is kept, and downloaded once', async () => {
  vi.stubEnv('XDG_CACHE_HOME', folder);
  const pinned = { ...wheel, name: '@toys/toy' };
  const download = vi.fn(async (/** @type {unknown} */ _pinned, /** @type {string} */ into) =>
    writeFileSync(path.join(into, 'toys-toy-1.0.tgz'), content),
  );
  for (let time = 0; time < 2; time += 1) {
    const file = await fetchNpmPackage(pinned, download);
    expect(path.relative(folder, file)).toBe('gan-studio/npm-packages/@toys/toy-1.0/package.tgz');
    expect(readFileSync(file, 'utf8')).toBe(content);
  }
  expect(download).toHaveBeenCalledTimes(1);
});

test.runIf(onLinux)('a download with another hash is refused and not kept', async () => {
  vi.stubEnv('XDG_CACHE_HOME', folder);
  const download = async (/** @type {unknown} */ _wheel, /** @type {string} */ into) =>
    writeFileSync(path.join(into, 'toy-1.0-py3-none-any.whl'), 'something else');
  await expect(fetchWheel(wheel, download)).rejects.toThrow('SHA-256');
  expect(existsSync(path.join(folder, 'gan-studio', 'wheels', 'toy-1.0'))).toBe(false);
});

test.runIf(onLinux)(
  'a folder is placed by hard links, with its own symbolic links, and replaces what was there',
  () => {
    const source = path.join(folder, 'source');
    const target = path.join(folder, 'target');
    mkdirSync(path.join(source, 'inner'), { recursive: true });
    mkdirSync(target);
    writeFileSync(path.join(target, 'old'), '');
    writeFileSync(path.join(source, 'inner', 'library.so.2'), 'code');
    symlinkSync('library.so.2', path.join(source, 'inner', 'library.so'));
    place(source, target);
    expect(readdirSync(target)).toEqual(['inner']);
    expect(statSync(path.join(target, 'inner', 'library.so.2')).nlink).toBe(2);
    expect(readFileSync(path.join(target, 'inner', 'library.so'), 'utf8')).toBe('code');
  },
);

test('two set-ups at once take turns', async () => {
  const lock = path.join(folder, 'lock');
  const { spawn } = await import('node:child_process');
  const holder = spawn(process.execPath, [
    '-e',
    `require('fs').writeFileSync(${JSON.stringify(lock)}, String(process.pid)); console.log('held'); setTimeout(() => {
      require('fs').rmSync(${JSON.stringify(lock)}); }, 600)`,
  ]);
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  const started = Date.now();
  await withLock(lock, async () => expect(Date.now() - started).toBeGreaterThan(200));
  expect(existsSync(lock)).toBe(false);
});

test('a lock whose process is gone, or that nobody has touched for minutes, is taken over', async () => {
  const lock = path.join(folder, 'lock');
  const old = new Date(Date.now() - 300_000);
  for (const owner of ['999999999', String(process.ppid)]) {
    writeFileSync(lock, owner);
    utimesSync(lock, old, old);
    expect(await withLock(lock, async () => 'done')).toBe('done');
  }
});
