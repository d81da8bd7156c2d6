import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.ts';
import { listRuns, newRunFolder, Run, sheetPng, writeWhole } from './index.ts';
import { Transformer } from '@napi-rs/image';

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-runs-')); });
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const checkpoint = (step: number): Checkpoint => ({
  step, learningRateFactor: 0.5, refusals: 1, configHash: 'abc', tensors: { 'weights/generator/a/kernel': { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-20, 1e20) }, 'average/a/bias': { shape: [1], values: Float32Array.of(step) } },
});

describe('a checkpoint file', () => {
  test('comes back as it was', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint(12)), 'file')).toEqual(checkpoint(12));
  });

  test('is refused when any byte of its tensors is flipped, or when it is cut anywhere', () => {
    const whole = encodeCheckpoint(checkpoint(12));
    for (let position = whole.length - 28; position < whole.length; position++) {
      const flipped = Buffer.from(whole);
      flipped[position]! ^= 1;
      expect(() => decodeCheckpoint(flipped, 'file')).toThrow('is damaged');
    }
    for (let length = 0; length < whole.length; length += 7) {
      expect(() => decodeCheckpoint(whole.subarray(0, length), 'file')).toThrow('is damaged');
    }
  });
});

describe('a run folder', () => {
  const config = { ...DEFAULT_RUN_CONFIG, name: 'Cats & “dogs” 🐈', checkpoints: { everySteps: 1, keep: 2 } };

  test('opens again with the same config', () => {
    const run = Run.create(path.join(folder, 'run'), config);
    expect(Run.open(run.folder).config).toEqual(config);
  });

  test('is not made where something lies already', () => {
    fs.writeFileSync(path.join(folder, 'photo.png'), '');
    expect(() => Run.create(folder, config)).toThrow('is not an empty folder');
    expect(fs.readdirSync(folder)).toEqual(['photo.png']);
  });

  test('keeps the newest checkpoints and passes over a damaged one', () => {
    const run = Run.create(path.join(folder, 'run'), config);
    for (const step of [1, 2, 3]) run.saveCheckpoint(checkpoint(step));
    const [older, newer] = fs.readdirSync(path.join(run.folder, 'checkpoints')).sort();
    expect([older, newer]).toEqual(['step-000000002.safetensors', 'step-000000003.safetensors']);
    fs.truncateSync(path.join(run.folder, 'checkpoints', newer!), 100);
    expect(run.newestCheckpoint().step).toBe(2);
  });

  test('without a checkpoint says so, and without a config is no run', () => {
    expect(() => Run.create(path.join(folder, 'run'), config).newestCheckpoint()).toThrow('has no checkpoint yet');
    expect(() => Run.open(folder)).toThrow('is not a run');
    fs.writeFileSync(path.join(folder, 'run', 'config.json'), '{"version": 9}');
    expect(() => Run.open(path.join(folder, 'run'))).toThrow("cannot be read as a run's settings");
  });

  test('the list passes over what is no run and shows the newest first', async () => {
    for (const name of ['one', 'two']) {
      const run = Run.create(path.join(folder, name), { ...config, name });
      run.log({ type: 'losses', step: 41, discriminator: 1, generator: 1 });
      run.log({ type: 'run-state', status: 'stopped', step: 42 });
      run.flush();
      fs.utimesSync(path.join(run.folder, 'events.jsonl'), name === 'one' ? 1000 : 2000, name === 'one' ? 1000 : 2000);
    }
    fs.appendFileSync(path.join(folder, 'two', 'events.jsonl'), '{"type":"los');
    fs.utimesSync(path.join(folder, 'two', 'events.jsonl'), 2000, 2000);
    fs.mkdirSync(path.join(folder, 'three'));
    expect((await listRuns(folder)).map(({ name, status, step }) => ({ name, status, step })))
      .toEqual([{ name: 'two', status: 'stopped', step: 42 }, { name: 'one', status: 'stopped', step: 42 }]);
    expect(await listRuns(path.join(folder, 'nowhere'))).toEqual([]);
  });

  test('names for new runs are safe for every system and do not clash', () => {
    const first = newRunFolder(folder, 'a/b: "c"?. ');
    expect(path.basename(first)).toMatch(/^\d{4}-\d\d-\d\d a b c$/);
    fs.mkdirSync(first);
    expect(newRunFolder(folder, 'a/b: "c"?. ')).toBe(`${first} 2`);
  });
});

test('a file that cannot be put in place is left as it was, with the facts told', () => {
  const file = path.join(folder, 'taken');
  fs.mkdirSync(path.join(file, 'inside'), { recursive: true });
  expect(() => writeWhole(file, 'x')).toThrow('was not written');
  expect(() => writeWhole(path.join(folder, 'gone', 'file'), 'x')).toThrow('The folder is gone');
  expect(fs.readdirSync(folder)).toEqual(['taken']);
});

test('a sheet shows every image at its place, grey ones in three equal channels', async () => {
  const pixels = Uint8Array.from([...new Array<number>(4).fill(10), ...new Array<number>(4).fill(20), ...new Array<number>(4).fill(30)]);
  const png = sheetPng({ count: 3, size: 2, channels: 1, pixels });
  const { width, height } = await new Transformer(png).metadata();
  expect([width, height]).toEqual([6, 6]);
  const shown = new Transformer(png).rawPixelsSync();
  const channels = shown.length / 36;
  const at = (x: number, y: number) => [...shown.subarray((y * 6 + x) * channels, (y * 6 + x) * channels + 3)];
  expect([at(0, 0), at(4, 0), at(0, 4), at(2, 0), at(4, 4)]).toEqual([[10, 10, 10], [20, 20, 20], [30, 30, 30], [255, 255, 255], [255, 255, 255]]);
});
