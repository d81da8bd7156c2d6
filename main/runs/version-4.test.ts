/** Configs of version 4: they keep their formulas, and their checkpoints are recognised. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { isConfigHash, Run } from './index.ts';
import { oldConfig, oldHash } from './test-old-config.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-version-4-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const inside = { ...DEFAULT_RUN_CONFIG.optimizer, kind: 'rmsprop', options: { decay: 0.9, momentum: 0 } };
const outside = { ...inside, options: { ...inside.options, epsilon: 'outside' } };

/** A config as version 4 wrote it, and what it is read as. */
function readAgain(chosen: Partial<RunConfig>) {
  const whole: RunConfig = { ...DEFAULT_RUN_CONFIG, ...chosen };
  const before = oldConfig(whole, { version: 4 });
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(before));
  const read = Run.open(folder).config;
  // Version 4 held nothing out, and computed in float32.
  return {
    before,
    read,
    now: { ...whole, dataset: read.dataset, heldOut: 0, precision: 'float32' as const },
  };
}

const penalty = { kind: 'dragan-penalty', options: { weight: 3 } };
const r1 = { kind: 'r1', options: { gamma: 1 } };

test.each([
  [
    { gan: { kind: 'dcgan', options: { width: 4 } }, stabilisers: [penalty, r1], optimizer: inside },
    {
      gan: { kind: 'dcgan', options: { width: 4, icnr: false, upsampling: 'transposed-conv' } },
      stabilisers: [{ ...penalty, options: { weight: 3, interpolated: false } }, r1],
      optimizer: { ...inside, options: { ...inside.options, epsilon: 'inside' } },
    },
  ],
  [
    { gan: { kind: 'small-data', options: { normalisation: 'batch' } } },
    {
      gan: { kind: 'small-data', options: { normalisation: 'batch', patches: false, upsampling: 'repeat' } },
    },
  ],
  [{ gan: { kind: 'mlp', options: {} }, stabilisers: [r1] }, {}],
] as [Partial<RunConfig>, Partial<RunConfig>][])('%o keeps the formulas that it had', (chosen, expected) => {
  const { before, read, now } = readAgain(chosen);
  expect(read).toEqual({ ...now, ...expected });
  const hash = oldHash(before);
  expect(isConfigHash(hash, read)).toBe(true);
  expect(isConfigHash(hash, { ...read, name: 'other' })).toBe(true);
  expect(isConfigHash(hash, { ...read, seed: 2 })).toBe(false);
  expect(isConfigHash(hash, { ...read, optimizer: outside })).toBe(false);
});

test('the formulas of today make another run', () => {
  const { before, now } = readAgain({ stabilisers: [penalty] });
  const interpolated = (value: boolean) => [{ ...penalty, options: { weight: 3, interpolated: value } }];
  const gan = { kind: 'dcgan', options: { icnr: false } };
  expect(isConfigHash(oldHash(before), { ...now, gan, stabilisers: interpolated(false) })).toBe(true);
  expect(isConfigHash(oldHash(before), { ...now, gan, stabilisers: interpolated(true) })).toBe(false);
  expect(isConfigHash(oldHash(before), { ...now, stabilisers: interpolated(false) })).toBe(false);
});

test('a small-data GAN that names no normalisation of D has none, as was the default', () => {
  const { read } = readAgain({ gan: { kind: 'small-data', options: {} } });
  expect(read.gan.options).toEqual({ normalisation: 'none', patches: false, upsampling: 'repeat' });
});
