import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import { openDataset } from '../datasets/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { heldOutOf, picturesOf } from './pictures-of.ts';

const DIGITS = path.resolve('build/datasets/digits/0');
const COUNT = 200;

test('where classes are evened out, as many of each are taken; no picture is taken twice, or held out and trained on', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-recipe-'));
  const paths = Array.from(
    { length: COUNT },
    (_, place) => `${DIGITS}/${String(place).padStart(4, '0')}.png`,
  );
  const dataset = await openDataset({
    source: { kind: 'files', paths },
    options: { ...DEFAULT_RUN_CONFIG.dataset.options, evenClasses: false },
    folders: { cache: folder, builtIn: folder, runs: folder },
    decoders: testDecoders,
  });
  const labels = Array.from({ length: COUNT }, (_, place) => (place < 190 ? 0 : 1));
  const { summary } = dataset;
  const uneven = { ...dataset, labels };
  const even = { ...uneven, summary: { ...summary, options: { ...summary.options, evenClasses: true } } };
  const { places } = picturesOf(even, 20);
  expect(places.filter((place) => place >= 190)).toHaveLength(10);
  expect(new Set(places).size).toBe(20);
  expect(picturesOf(uneven, 500).places).toHaveLength(COUNT);
  expect(heldOutOf(uneven, 20)).toBeUndefined();
  dataset.close();
  fs.rmSync(folder, { recursive: true });
});
