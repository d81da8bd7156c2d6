import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { subjectNamed } from '../bench/export-subjects.ts';
import { StudioError, type ExportCheck, type ExportFormat } from '../contract/index.ts';
import { EXPORTERS } from './formats.ts';
import { writeExports, type Exporting } from './write-export.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-exports-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

const subject = subjectNamed('mlp');
const written = () => fs.readdirSync(folder).sort();
type ExportChanges = Partial<Parameters<typeof writeExports>[0]>;
const exporting = (formats: ExportFormat[], given: ExportChanges = {}) =>
  writeExports({ subject, formats, folder, check: async () => null, ...given });

test('every format has a folder of its own, and its progress goes from writing to checking', async () => {
  const reports: Exporting[] = [];
  const check = async (): Promise<ExportCheck> => ({ runtime: 'a test', difference: 0 });
  const exported = await exporting(['tfjs', 'pytorch'], { check, onProgress: (one) => reports.push(one) });
  expect(written()).toEqual(['löwen-bären-step-10-pytorch', 'löwen-bären-step-10-tfjs']);
  expect(exported.map(({ folder: one }) => path.basename(one)).sort()).toEqual(written());
  for (const { folder: one, files } of exported) {
    expect(files.map(({ name }) => name).sort()).toEqual(fs.readdirSync(one).sort());
    expect(fs.existsSync(path.join(one, 'README.md'))).toBe(true);
  }
  expect(reports.map(({ format, doing, done, total }) => [format, doing, done, total])).toEqual([
    ['tfjs', 'writing', 0, 2],
    ['tfjs', 'checking', 0, 2],
    ['pytorch', 'writing', 1, 2],
    ['pytorch', 'checking', 1, 2],
  ]);
});

test('a second export has a folder beside the first', async () => {
  await exporting(['safetensors']);
  await exporting(['safetensors']);
  expect(written()).toEqual(['löwen-bären-step-10-safetensors', 'löwen-bären-step-10-safetensors 2']);
});

test('two exports at once into one place both get a folder', async () => {
  await Promise.all([exporting(['safetensors']), exporting(['safetensors'])]);
  expect(written()).toHaveLength(2);
});

test('if a format is refused, what was written before it is removed', async () => {
  vi.spyOn(EXPORTERS.keras, 'files').mockImplementation(() => {
    throw new StudioError({ code: 'not-portable', message: 'No.', remedy: 'Another.' });
  });
  await expect(exporting(['tfjs', 'keras'])).rejects.toMatchObject({ code: 'not-portable' });
  expect(written()).toEqual([]);
});

test.each(['writing', 'checking'] as const)('cancelled while %s, nothing is left', async (doing) => {
  const stop = new AbortController();
  const onProgress = (one: Exporting) => {
    if (one.format === 'pytorch' && one.doing === doing) stop.abort();
  };
  fs.writeFileSync(path.join(folder, 'mine.txt'), 'mine');
  await expect(exporting(['tfjs', 'pytorch'], { signal: stop.signal, onProgress })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(written()).toEqual(['mine.txt']);
});

test('an export that cannot be checked is kept, and says why', async () => {
  const check = () => Promise.reject(new Error('no room for a process'));
  const [exported] = await exporting(['tfjs'], { check });
  expect(exported?.check).toMatchObject({
    failure: { message: expect.stringContaining('no room') as string },
  });
  expect(written()).toHaveLength(1);
});

test('an export whose folder vanishes during its check does not make the others fail', async () => {
  const check = async ({ folder: one }: { folder: string }) => {
    fs.rmSync(one, { recursive: true });
    return null;
  };
  expect(await exporting(['safetensors', 'tfjs'], { check })).toHaveLength(2);
});
