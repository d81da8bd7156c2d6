import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { randomUniform } from '../random.ts';
import { Session } from '../training/session.ts';
import { exporterOf } from './index.ts';

const PLAIN_TFJS = path.resolve('main/reference/plain-tfjs.cjs');
const answerSchema = z.object({ difference: z.number(), shape: z.array(z.number()), range: z.number() });

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-export-')); });
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const config = (size: 28 | 32 | 64 | 128, colour: 'grey' | 'rgb'): RunConfig => ({
  ...DEFAULT_RUN_CONFIG, name: 'Löwen & "Bären"', batch: 4, gan: { kind: 'dcgan', options: { width: 4 } },
  optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, learningRate: { discriminator: 0.02, generator: 0.02 } },
  dataset: { ...DEFAULT_RUN_CONFIG.dataset, options: { ...DEFAULT_RUN_CONFIG.dataset.options, size, colour } },
});

test.each([[28, 'grey', 1], [64, 'rgb', 3]] as const)('the exported generator of %i pixels, %s, makes the same images in plain tfjs', async (size, colour, channels) => {
  const session = new Session(config(size, colour));
  const numbers = session.config.batch * size * size * channels;
  for (let step = 0; step < 10; step++) session.takeStep(randomUniform({ seed: 1, stream: 'order', step }, numbers));
  const { folder: exported, files } = await exporterOf('tfjs').write({ generator: session.generator, config: session.config, step: 10, folder });
  expect(path.basename(exported)).toBe('löwen-bären-step-10-tfjs');
  expect(files.map(({ name }) => name)).toEqual(['README.md', 'check.json', 'example.js', 'generator.json', 'index.html', 'model.json', 'tf.min.js', 'weights.bin']);
  // In a process of its own, for tfjs-node would lend plain tfjs its kernels.
  const answer = answerSchema.parse(JSON.parse(execFileSync('node', [PLAIN_TFJS, exported], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })));
  expect(answer.shape).toEqual([2, size, size, channels]);
  expect(answer.difference).toBeLessThan(1e-4);
  expect(answer.range).toBeGreaterThan(0.1);
  session.dispose();
});

test('a second export does not overwrite the first', async () => {
  const session = new Session(config(28, 'grey'));
  const request = { generator: session.generator, config: session.config, step: 0, folder };
  const [first, second] = [await exporterOf('tfjs').write(request), await exporterOf('tfjs').write(request)];
  expect(second.folder).toBe(`${first.folder} 2`);
  expect(fs.readdirSync(folder).sort()).toEqual([path.basename(first.folder), path.basename(second.folder)]);
  session.dispose();
});
