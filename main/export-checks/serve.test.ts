import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Numbers } from '../layers/index.ts';
import { largestDifference } from './serve.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-serve-'));
  const known = {
    layout: 'NCHW',
    tolerance: 1e-4,
    networks: [
      {
        name: 'generator',
        file: 'generator.bin',
        inputs: { z: { shape: [1, 2], values: [1, 2] } },
        outputs: { image: { shape: [1, 3], values: [0, 0.5, 1] } },
      },
    ],
  };
  fs.writeFileSync(path.join(folder, 'check.json'), JSON.stringify(known));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const answering = (shape: number[], values: number[]) => {
  const asked: { file: string; network: string; z?: Numbers | undefined }[] = [];
  const answer = largestDifference(folder, async (file, network) => async ({ z }) => {
    asked.push({ file, network, z });
    return { image: { shape, values: Float32Array.from(values) } };
  });
  return { asked, answer };
};

test('a runtime is fed the known inputs, and its outputs are compared with the known ones', async () => {
  const { asked, answer } = answering([1, 3], [0, 0.25, 1.125]);
  expect(await answer).toBe(0.25);
  expect(asked).toEqual([
    {
      file: path.join(folder, 'generator.bin'),
      network: 'generator',
      z: { shape: [1, 2], values: Float32Array.of(1, 2) },
    },
  ]);
});

test.each([
  ['another shape', [3, 1], [0, 0.5, 1], 'gives [3, 1] as generator image, in place of [1, 3]'],
  ['NaN', [1, 3], [0, NaN, 1], 'NaN or infinite numbers as generator image'],
  ['an infinite number', [1, 3], [Infinity, 0.5, 1], 'NaN or infinite numbers as generator image'],
])('%s in the outputs fails the check', async (_, shape, values, words) => {
  await expect(answering(shape, values).answer).rejects.toThrow(words);
});
