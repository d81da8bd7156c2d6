import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS } from '../contract/index.ts';
import { scanFiles, writeMutatedFiles } from '../datasets/index.ts';
import { TEST_IMAGES } from '../pictures/test-pictures.ts';
import { createDecoders } from './decoders.ts';
import { decoderChildren } from './decoder-process.ts';

const REAL = fileURLToPath(new URL('../../build/test/decoder.cjs', import.meta.url));
const COUNT = 800;

test('hundreds of spoilt files of every format: each is used or left out with a reason, and no decoder hangs or breaks down', async () => {
  const place = mkdtempSync(join(tmpdir(), 'gan-studio-spoilt-'));
  const decoders = createDecoders({ start: decoderChildren(REAL) });
  onTestFinished(() => {
    decoders.close();
    rmSync(place, { recursive: true, force: true });
  });
  await writeMutatedFiles({ from: TEST_IMAGES, into: place, count: COUNT, seed: 7 });
  const { files } = await scanFiles({ paths: [place] });
  const options = { ...DEFAULT_DATASET_OPTIONS, size: 28 } as const;
  const outcomes = await Promise.all(files.map((file) => decoders.prepare({ ...file.place, options })));
  expect(outcomes).toHaveLength(COUNT);
  for (const outcome of outcomes) {
    if ('pixels' in outcome) expect(outcome.pixels).toHaveLength(28 * 28 * 3);
    else
      expect(outcome).toEqual({
        reason: expect.stringMatching(/^(damaged|unsupported|not-an-image|too-small|too-large)$/) as string,
        detail: expect.stringMatching(/.{10}/) as string,
      });
  }
  const used = outcomes.filter((outcome) => 'pixels' in outcome).length;
  expect(used).toBeGreaterThan(COUNT / 10);
  expect(COUNT - used).toBeGreaterThan(COUNT / 10);
  expect(decoders.tally).toMatchObject({ deadlines: 0, aborts: 0 });
}, 60_000);
