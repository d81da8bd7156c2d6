/**
 * Configs of version 6: pictures double as they did then, nothing is held out, and their checkpoints are
 * recognised.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  DEFAULT_MEASURING,
  DEFAULT_RUN_CONFIG,
  RUN_CONFIG_VERSION,
  runConfigSchema,
  type Choice,
  type RunConfig,
} from '../contract/index.ts';
import { GANS } from '../gans/index.ts';
import { configHash, isConfigHash, Run } from './index.ts';
import { oldHash } from './test-old-config.ts';

const OLD_RUN = path.join(import.meta.dirname, 'old-runs/v6-evened');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-version-6-'));
const evened = path.join(folder, 'evened');
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A config of this GAN as version 6 wrote it, what it is read as, and the hash in its checkpoints. */
function readAgain(gan: Choice) {
  const before = {
    ...runConfigSchema
      .omit({ heldOut: true, measuring: true, precision: true })
      .parse({ ...DEFAULT_RUN_CONFIG, gan }),
    version: 6,
  };
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(before));
  const { source, options } = before.dataset;
  return { read: Run.open(folder).config, hash: oldHash({ ...before, dataset: { source, options } }) };
}

const SMALL = { width: 4, normalisation: 'batch', patches: false };

test.each([
  [
    { kind: 'small-data', options: SMALL },
    { ...SMALL, upsampling: 'repeat' },
  ],
  [
    { kind: 'dcgan', options: { width: 4, upsampling: 'repeat' } },
    { width: 4, upsampling: 'repeat' },
  ],
  // As earlier versions wrote it, which had no choice.
  [
    { kind: 'dcgan', options: { width: 4 } },
    { width: 4, upsampling: 'transposed-conv' },
  ],
  [{ kind: 'mlp', options: { width: 8 } }, { width: 8 }],
] as [Choice, Record<string, unknown>][])('%o goes on as it was', (gan, options) => {
  const { read, hash } = readAgain(gan);
  expect(read).toMatchObject({ version: RUN_CONFIG_VERSION, heldOut: 0, measuring: DEFAULT_MEASURING });
  expect(read.gan.options).toEqual(options);
  expect(isConfigHash(hash, read)).toBe(true);
  expect(isConfigHash(hash, { ...read, steps: 7 })).toBe(true);
  expect(isConfigHash(hash, { ...read, seed: 2 })).toBe(false);
  expect(isConfigHash(hash, { ...read, heldOut: 0.1 })).toBe(false);
  if ('upsampling' in options)
    expect(
      isConfigHash(hash, { ...read, gan: { ...gan, options: { ...options, upsampling: 'smooth' } } }),
    ).toBe(false);
  expect(configHash(read)).not.toBe(hash);
});

test('every GAN whose pictures double in another way today is read as it was', () => {
  for (const { kind, options } of GANS) {
    const { read } = readAgain({ kind, options: {} });
    const { upsampling } = options.parse(read.gan.options);
    const before = kind === 'small-data' ? 'repeat' : 'transposed-conv';
    if (upsampling !== undefined) expect([kind, upsampling]).toEqual([kind, before]);
  }
});

test('a run of version 6 holds nothing out, and its checkpoints are recognised', () => {
  fs.cpSync(OLD_RUN, evened, { recursive: true });
  const run = Run.open(evened);
  expect(run.config).toMatchObject({ version: RUN_CONFIG_VERSION, heldOut: 0, measuring: DEFAULT_MEASURING });
  const { configHash: hash } = run.newestCheckpoint().checkpoint;
  expect(hash).not.toBe(configHash(run.config));
  expect(isConfigHash(hash, run.config)).toBe(true);
  // With pictures held out it would be another run; how it measures changes nothing.
  expect(isConfigHash(hash, { ...run.config, heldOut: 0.1 })).toBe(false);
  const measuring: RunConfig['measuring'] = { share: 0, best: 'distance' };
  expect(isConfigHash(hash, { ...run.config, measuring })).toBe(true);
});

test('what a run of today holds out is part of what defines it', () => {
  const { config } = Run.open(evened);
  const hash = configHash({ ...config, heldOut: 0.1 });
  expect(isConfigHash(hash, { ...config, heldOut: 0.1 })).toBe(true);
  expect(isConfigHash(hash, { ...config, heldOut: 0.2 })).toBe(false);
  expect(isConfigHash(hash, config)).toBe(false);
});
