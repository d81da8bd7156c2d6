/**
 * The precision of a run is chosen by what is measured, once for each shape, and where bfloat16 does not pay,
 * the person is asked.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { measurePrecisions, type PrecisionTimes } from './precision-times.ts';
import { requirePrecision, settlePrecision } from './precision.ts';

let cache: string;
let measured: number;
beforeEach(() => {
  cache = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-precision-'));
  measured = 0;
});
afterEach(() => fs.rmSync(cache, { recursive: true, force: true }));

const config: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 4,
  dataset: {
    ...DEFAULT_RUN_CONFIG.dataset,
    options: { ...DEFAULT_RUN_CONFIG.dataset.options, size: 32 },
  },
};
/** A machine on which steps take this long. */
const machine = (float32: number, bfloat16: number | null) => ({
  cache,
  measure: async (): Promise<PrecisionTimes> => {
    measured += 1;
    return { float32, bfloat16 };
  },
});

test.each([
  [100, 80, 'bfloat16'],
  [100, 90.9, 'bfloat16'],
  [100, 92, 'float32'],
  [100, 120, 'float32'],
  [100, null, 'float32'],
] as const)(
  'of steps of %d ms in float32 and %d ms in bfloat16, it is %s',
  async (float32, bfloat16, precision) => {
    expect(await settlePrecision(config, machine(float32, bfloat16))).toEqual({
      precision,
      times: { float32, bfloat16 },
    });
  },
);

test('each shape is measured once, and again only if the record cannot be read', async () => {
  await settlePrecision(config, machine(100, 50));
  const again = { ...config, seed: 9, steps: 3, name: 'Other' };
  expect((await settlePrecision(again, machine(100, 200))).precision).toBe('bfloat16');
  expect(measured).toBe(1);
  await settlePrecision({ ...config, batch: 8 }, machine(100, 50));
  expect(measured).toBe(2);
  for (const file of fs.readdirSync(cache)) fs.writeFileSync(path.join(cache, file), '{"a": "b"}');
  await settlePrecision(config, machine(100, 200));
  expect(measured).toBe(3);
});

test('small pictures, points and what was chosen by hand are not measured', async () => {
  const { options } = DEFAULT_RUN_CONFIG.dataset;
  const small = { ...config, dataset: { ...config.dataset, options: { ...options, size: 28 as const } } };
  expect(await settlePrecision(small, machine(100, 10))).toEqual({ precision: 'float32' });
  for (const precision of ['float32', 'bfloat16'] as const)
    expect(await settlePrecision({ ...config, precision }, machine(1, 1))).toEqual({ precision });
  expect(measured).toBe(0);
});

test('a run in bfloat16 goes on where that is no slower, and is refused with the facts elsewhere', async () => {
  const run: RunConfig = { ...config, precision: 'bfloat16' };
  await requirePrecision(run, machine(100, 99));
  await requirePrecision({ ...run, precision: 'float32' }, machine(1, 100));
  expect(measured).toBe(1);
  await expect(requirePrecision({ ...run, batch: 5 }, machine(80, 120))).rejects.toMatchObject({
    code: 'precision-slow',
    message:
      'The run computes in bfloat16, which is slower than float32 on this machine: a step takes 120 ms against 80 ms.',
  });
  await expect(requirePrecision({ ...run, batch: 6 }, machine(80, null))).rejects.toMatchObject({
    code: 'precision-unsupported',
  });
});

test('both are measured by steps of this machine, and a signal ends that', async () => {
  const { float32, bfloat16 } = await measurePrecisions(config, new AbortController().signal);
  expect(float32).toBeGreaterThan(0);
  expect(bfloat16).toBeGreaterThan(0);
  await expect(measurePrecisions(config, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});
