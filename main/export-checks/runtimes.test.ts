/** Real exports are checked in processes like those that the app starts. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { subjectNamed } from '../bench/export-subjects.ts';
import { writeExports } from '../export/index.ts';
import { checkChildren, checksIn } from './in-process.ts';

const CHECK = fileURLToPath(new URL('../../build/test/export-check.cjs', import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-runtimes-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each(['onnx', 'savedmodel', 'tfjs', 'html'] as const)(
  'an export as %s is run in its own runtime, and a changed one fails',
  async (format) => {
    const check = checksIn(checkChildren(CHECK));
    const [written] = await writeExports({
      subject: subjectNamed('bigan'),
      formats: [format],
      folder,
      check,
    });
    const { runtime, difference } = written!.check as { runtime: string; difference: number };
    expect([format, runtime]).toEqual([format, RUNTIMES[format]]);
    expect(difference).toBeLessThan(1e-5);

    const file = path.join(written!.folder, 'check.json');
    const known = JSON.parse(fs.readFileSync(file, 'utf8')) as {
      networks: { outputs: Record<string, { values: number[] }> }[];
    };
    const [output] = Object.values(known.networks.at(-1)!.outputs);
    output!.values[3]! += 0.5;
    fs.writeFileSync(file, JSON.stringify(known));
    const { signal } = new AbortController();
    expect(await check({ format, folder: written!.folder, signal })).toMatchObject({
      failure: { message: expect.stringContaining('by up to 0.50') as string },
    });
  },
);

const RUNTIMES = {
  onnx: 'ONNX Runtime',
  savedmodel: 'TensorFlow',
  tfjs: 'TensorFlow.js',
  html: 'WebAssembly',
};
