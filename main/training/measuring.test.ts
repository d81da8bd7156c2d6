/**
 * What a run measures of D: how often it is right about pictures trained on, about those held out, and about
 * fakes.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig, type Signs } from '../contract/index.ts';
import { noiseDataset, type Readable } from '../datasets/index.ts';
import { Run } from '../runs/index.ts';
import { Session } from './session.ts';
import { train } from './train.ts';

const SIZE = 28;
const config: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'mlp', options: { width: 8, depth: 1 } },
  batch: 8,
  z: { size: 4, distribution: 'normal' },
  steps: 40,
  samples: { count: 4, everySteps: 1000 },
  measuring: { share: 0, best: 'distance' },
};

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-measuring-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Pictures of these shades, 0 to 255. */
const pictures = (shades: readonly number[]): Readable => ({
  count: shades.length,
  labels: new Uint16Array(),
  bytes: (indices) =>
    Uint8Array.from(
      Array.from(indices).flatMap((index) => Array(SIZE * SIZE).fill(shades[index]) as number[]),
    ),
});

/** Trains D to tell bright pictures from those of a G that hardly learns, and returns the last signs. */
async function signsOf({ unseen, ...changes }: { unseen?: Readable } & Partial<RunConfig>): Promise<Signs> {
  const bright = noiseDataset({
    size: SIZE,
    channels: 1,
    count: 40,
    batch: ({ batch }) => new Float32Array(batch * SIZE * SIZE).fill(1),
  });
  const run = Run.create(path.join(folder, 'run'), { ...config, ...changes });
  const session = new Session(run.config);
  const dataset = { ...bright, ...(unseen && { heldOut: unseen }) };
  let last: Signs | undefined;
  try {
    const signal = new AbortController().signal;
    for await (const events of train({ session, dataset, run, network: () => undefined, signal }))
      for (const event of events) if (event.type === 'measures') last = event.signs;
  } finally {
    session.dispose();
  }
  if (!last) throw new Error('Nothing was measured.');
  return last;
}

const slowG = {
  optimizer: { ...config.optimizer, learningRate: { discriminator: 1e-2, generator: 1e-6 } },
};
const [BRIGHT, DARK] = [255, 0];

test.each([
  ['like those trained on', [BRIGHT, BRIGHT], 1],
  ['unlike them', [DARK, DARK], 0],
  ['half of them like those', [BRIGHT, DARK], 0.5],
  ['few, one in four of them like those', [DARK, DARK, BRIGHT, DARK], 0.25],
])('held-out pictures, %s: D takes that share of them for real', async (_, shades, right) => {
  const signs = await signsOf({ ...slowG, unseen: pictures(shades) });
  expect(signs).toMatchObject({ realRight: 1, fakeRight: 1, heldOutRight: right });
});

test('without held-out pictures nothing is said of them', async () => {
  const signs = await signsOf(slowG);
  expect(signs).toMatchObject({ realRight: 1, fakeRight: 1 });
  expect(signs).not.toHaveProperty('heldOutRight');
});

test('a critic, whose scores count by their differences alone, is asked about no pictures', async () => {
  const wasserstein = { loss: { kind: 'wasserstein', options: {} } };
  const signs = await signsOf({ ...slowG, ...wasserstein, unseen: pictures([BRIGHT, DARK]) });
  for (const name of ['realRight', 'fakeRight', 'heldOutRight']) expect(signs).not.toHaveProperty(name);
});
