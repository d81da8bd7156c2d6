import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Transformer } from '@napi-rs/image';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testDecoders } from '../pictures/test-decoders.ts';
import { TEST_IMAGES } from '../pictures/test-pictures.ts';
import {
  DEFAULT_RUN_CONFIG,
  PLAIN_TURNS,
  STUDY_POINTS,
  type ImageBatch,
  type RunConfig,
  type RunEvent,
} from '../contract/index.ts';
import { generatedLayout, sampleLayout } from '../samples/index.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.ts';
import { holderOf } from './holder.ts';
import {
  configHash,
  createRunHandlers,
  holdRun,
  isConfigHash,
  listRuns,
  newRunFolder,
  readHistory,
  Run,
  sheetPng,
  writeWhole,
} from './index.ts';
import { oldHash } from './test-old-config.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-runs-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const config: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  name: 'Cats & “dogs” 🐈',
  checkpoints: { everySteps: 1, everyMinutes: 5, keep: 2 },
};
const { learningRate } = config.optimizer;
const {
  name,
  dataset,
  gan,
  loss,
  stabilisers,
  z,
  optimizer,
  batch,
  steps,
  seed,
  averaging,
  samples,
  checkpoints,
} = config;
const { size, colour, framing, background, mirror } = dataset.options;
const optionsThen = { size, colour, framing, background, mirror };
const asBefore = {
  name,
  dataset: { source: dataset.source, options: optionsThen },
  gan,
  loss,
  stabilisers,
  z,
  optimizer,
  batch,
  steps,
  seed,
  averaging,
  samples,
  checkpoints,
};
/** A run of an older version as it is read today: it keeps the formulas of that version. */
const asThen: RunConfig = {
  ...config,
  gan: { kind: 'dcgan', options: { icnr: false, upsampling: 'transposed-conv' } },
  heldOut: 0,
  precision: 'float32',
  dataset: { ...dataset, options: { ...dataset.options, classes: 'ignored' } },
};
/** The same settings as version 3 wrote them. */
const version3 = { ...asBefore, version: 3 };
/** Other settings as version 2 wrote them, and what they are read as. */
const version2 = { ...asBefore, version: 2, optimizer: { learningRate, beta1: 0.4, beta2: 0.98 } };
const fromVersion2: RunConfig = {
  ...asThen,
  optimizer: {
    kind: 'adam',
    options: { beta1: 0.4, beta2: 0.98 },
    learningRate,
    schedule: { kind: 'constant', from: 0, over: 10_000, floor: 0 },
    clip: 0,
  },
};
const checkpoint = (step: number): Checkpoint => ({
  step,
  learningRateFactor: 0.5,
  refusals: 1,
  configHash: 'abc',
  tensors: {
    'weights/generator/a/kernel': { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-20, 1e20) },
    'average/a/bias': { shape: [1], values: Float32Array.of(step) },
  },
});
const losses = (step: number): RunEvent => ({
  type: 'losses',
  step,
  losses: { discriminator: step / 2, generator: step / 4 },
});

function newRun(name = 'run', events: RunEvent[] = []): Run {
  const run = Run.create(path.join(folder, name), { ...config, name });
  events.forEach((event) => run.log(event));
  run.flush();
  return run;
}

test('a checkpoint file comes back as it was', () => {
  expect(decodeCheckpoint(encodeCheckpoint(checkpoint(12)), 'file')).toEqual(checkpoint(12));
});

describe('a run folder', () => {
  test('opens again with the same config', () => {
    expect(Run.open(newRun('Cats').folder).config).toEqual({ ...config, name: 'Cats' });
  });

  test('is not made where something lies already', () => {
    fs.writeFileSync(path.join(folder, 'photo.png'), '');
    expect(() => Run.create(folder, config)).toThrow('is not an empty folder');
    expect(fs.readdirSync(folder)).toEqual(['photo.png']);
  });

  test('keeps the newest checkpoints and passes over a damaged one', () => {
    const run = newRun();
    for (const step of [1, 2, 3]) run.saveCheckpoint(checkpoint(step));
    const [older, newer] = fs.readdirSync(path.join(run.folder, 'checkpoints')).sort();
    expect([older, newer]).toEqual(['step-000000002.safetensors', 'step-000000003.safetensors']);
    fs.truncateSync(path.join(run.folder, 'checkpoints', newer!), 100);
    const { checkpoint: found, damaged } = run.newestCheckpoint();
    expect(found.step).toBe(2);
    expect(damaged.map(({ code }) => code)).toEqual(['checkpoint-damaged']);
  });

  test('without a checkpoint says so, and without a config is no run', () => {
    expect(() => newRun().newestCheckpoint()).toThrow('has no checkpoint yet');
    expect(() => Run.open(folder)).toThrow('is not a run');
    fs.writeFileSync(path.join(folder, 'run', 'config.json'), '{"version": 2}');
    expect(() => Run.open(path.join(folder, 'run'))).toThrow('cannot be read as a run’s settings');
  });

  test('of an older version is brought up to date; of a newer one is refused by name', () => {
    const { folder: place } = newRun();
    const file = path.join(place, 'config.json');
    fs.writeFileSync(
      file,
      JSON.stringify({ ...version2, version: 1, checkpoints: { everySteps: 7, keep: 4 } }),
    );
    expect(Run.open(place).config).toEqual({
      ...fromVersion2,
      checkpoints: { everySteps: 7, keep: 4, everyMinutes: 5 },
    });
    fs.writeFileSync(file, JSON.stringify(version2));
    expect(Run.open(place).config).toEqual(fromVersion2);
    fs.writeFileSync(file, JSON.stringify(version3));
    expect(Run.open(place).config).toEqual({ ...asThen, turns: PLAIN_TURNS, classes: [] });
    fs.writeFileSync(file, JSON.stringify({ ...config, version: 99 }));
    expect(() => Run.open(place)).toThrow('was written by a newer GAN Studio');
  });

  test('copied elsewhere opens there, whoever held the original', () => {
    const run = newRun('run', [losses(1), { type: 'run-state', status: 'training', step: 1 }]);
    run.saveCheckpoint(checkpoint(1));
    fs.writeFileSync(
      path.join(run.folder, 'holder.json'),
      JSON.stringify({ pid: process.pid, birth: '', machine: 'another', program: 'x', since: 'y' }),
    );
    const copies = path.join(folder, 'copies');
    fs.cpSync(run.folder, path.join(copies, 'copy'), { recursive: true });
    expect(listRuns(copies)).toMatchObject([{ status: 'interrupted', step: 1, checkpoint: 1 }]);
    expect(Run.open(path.join(copies, 'copy')).newestCheckpoint().checkpoint).toEqual(checkpoint(1));
  });
});

describe('the hash of a config', () => {
  test('depends on the settings that training depends on, and on no others', () => {
    expect(configHash({ ...config, name: 'other', steps: 1, samples: { count: 1, everySteps: 1 } })).toBe(
      configHash(config),
    );
    expect(configHash({ ...config, seed: 2 })).not.toBe(configHash(config));
    expect(configHash({ ...config, gan: { kind: 'dcgan', options: { width: 8 } } })).not.toBe(
      configHash(config),
    );
  });

  test('does not depend on the order of keys', () => {
    const backwards = Object.fromEntries(Object.entries(config).reverse()) as RunConfig;
    expect(configHash(backwards)).toBe(configHash(config));
  });

  test('that versions 1 and 2 wrote into a checkpoint is recognised for the same settings, and for no others', () => {
    const hash = oldHash(version2);
    const { optimizer } = fromVersion2;
    const changed = (changes: Partial<typeof optimizer>): RunConfig => ({
      ...fromVersion2,
      optimizer: { ...optimizer, ...changes },
    });
    expect(isConfigHash(hash, fromVersion2)).toBe(true);
    expect(isConfigHash(oldHash({ ...version2, version: 1 }), fromVersion2)).toBe(true);
    expect(
      isConfigHash(hash, { ...fromVersion2, name: 'other', steps: 1, samples: { count: 1, everySteps: 1 } }),
    ).toBe(true);
    for (const other of [
      { ...fromVersion2, seed: 2 },
      changed({ options: { beta1: 0.5, beta2: 0.98 } }),
      changed({ kind: 'rmsprop' }),
      changed({ clip: 1 }),
      changed({ learningRate: { ...learningRate, generator: 0.1 } }),
      changed({ schedule: { ...optimizer.schedule, kind: 'linear' } }),
      { ...fromVersion2, turns: { kind: 'alternating', discriminator: 1 } } as const,
    ])
      expect(isConfigHash(hash, other)).toBe(false);
  });

  test('that version 3 wrote is recognised for the same settings, but not with turns or classes that it did not have', () => {
    const hash = oldHash(version3);
    expect(isConfigHash(hash, asThen)).toBe(true);
    expect(isConfigHash(hash, { ...asThen, name: 'other', steps: 1 })).toBe(true);
    const others: RunConfig[] = [
      config,
      { ...asThen, seed: 2 },
      { ...asThen, turns: { kind: 'several', discriminator: 5 } },
      { ...asThen, classes: ['cats', 'dogs'] },
      { ...asThen, dataset: { ...dataset, options: { ...dataset.options, evenClasses: true } } },
    ];
    for (const other of others) expect(isConfigHash(hash, other)).toBe(false);
  });

  test('of this version is recognised', () => {
    expect(isConfigHash(configHash(config), config)).toBe(true);
    expect(isConfigHash(configHash(config), { ...config, seed: 2 })).toBe(false);
  });
});

describe('who holds a run', () => {
  test('a second process learns who holds it, and may hold it once the first has released it', () => {
    const { folder: place } = newRun();
    const release = holdRun(place, 'the first program');
    expect(() => holdRun(place, 'the second')).toThrow(
      `is being trained by the first program (process ${process.pid})`,
    );
    expect(listRuns(folder)[0]).toMatchObject({ holder: { pid: process.pid, program: 'the first program' } });
    release();
    expect(holderOf(place)).toBeUndefined();
    holdRun(place, 'the second')();
  });

  test('a process that was killed holds nothing', async () => {
    const { folder: place } = newRun();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    holdRun(place, 'x');
    const file = path.join(place, 'holder.json');
    const mine = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
    fs.writeFileSync(
      file,
      JSON.stringify({ ...mine, pid: child.pid, birth: 'of an earlier process of that number' }),
    );
    expect(holderOf(place)).toBeUndefined();
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    fs.writeFileSync(file, JSON.stringify({ ...mine, pid: child.pid, birth: '' }));
    expect(() => holdRun(place, 'y')()).not.toThrow();
  });
});

describe('the library', () => {
  test('skips what is no run and shows the newest first, with what each logged last', () => {
    newRun('one', [losses(40), { type: 'run-state', status: 'stopped', step: 41, trainedSeconds: 12 }]);
    const two = newRun('two', [
      { type: 'samples', step: 40, file: 'x' },
      losses(42),
      { type: 'run-state', status: 'training', step: 42 },
    ]);
    two.saveCheckpoint(checkpoint(40));
    fs.appendFileSync(path.join(folder, 'two', 'events.jsonl'), '{"type":"los');
    fs.mkdirSync(path.join(folder, 'three'));
    const [newest, oldest, ...more] = listRuns(folder).sort((a, b) => b.step - a.step);
    expect(newest).toMatchObject({
      config: { name: 'two' },
      status: 'interrupted',
      step: 42,
      checkpoint: 40,
      newestSamples: 40,
      losses: { discriminator: 21, generator: 10.5 },
    });
    expect(oldest).toMatchObject({
      config: { name: 'one' },
      status: 'stopped',
      step: 41,
      trainedSeconds: 12,
      note: '',
    });
    expect(more).toEqual([]);
    expect(listRuns(path.join(folder, 'nowhere'))).toEqual([]);
  });

  test('metrics are listed by step, dropped where the run went back, and read from older runs that logged them with checkpoints', () => {
    const measured = (step: number, values: Record<string, number>) =>
      ({ type: 'measures', step, values }) as const;
    const { folder: place } = newRun('run', [
      { type: 'checkpoint-saved', step: 2, file: 'x', distance: 4 },
      measured(4, { distance: 3, variety: 0.5 }),
      { type: 'checkpoint-saved', step: 4, file: 'x', distance: 3 },
      measured(6, { distance: 9 }),
      { type: 'resumed', step: 4 },
      measured(8, { distance: 1 }),
    ]);
    const { metrics } = readHistory(place);
    expect([...metrics.steps]).toEqual([2, 4, 8]);
    expect(metrics.values).toEqual({
      distance: Float32Array.of(4, 3, 1),
      variety: Float32Array.of(NaN, 0.5, NaN),
    });
    expect(listRuns(folder)[0]).toMatchObject({ metrics: { distance: 1, variety: 0.5 } });
  });

  test('a history drops what was logged beyond a step that the run went back to', () => {
    const { folder: place } = newRun('run', [
      { type: 'samples', step: 0, file: '' },
      losses(1),
      losses(2),
      losses(3),
      { type: 'samples', step: 3, file: '' },
      { type: 'resumed', step: 2 },
      { type: 'losses', step: 3, losses: { discriminator: 1.5, generator: 9 } },
      losses(4),
      {
        type: 'step-refused',
        step: 3,
        refusedStep: 5,
        learningRateFactor: 0.5,
        failure: { code: 'c', message: 'm', remedy: 'r' },
      },
      losses(4),
    ]);
    const history = readHistory(place);
    expect([...history.steps]).toEqual([1, 2, 3, 4]);
    expect([...history.losses['generator']!]).toEqual([0.25, 0.5, 9, 1]);
    expect(history.samples).toEqual([0]);
  });

  test('a history has NaN where a phase sat a step out or a stabiliser reported nothing, and the list shows the newest loss of each phase', () => {
    const { folder: place } = newRun('run', [
      { type: 'losses', step: 1, losses: { discriminator: 1 } },
      { type: 'losses', step: 2, losses: { discriminator: 2, generator: 5 }, measures: { p: 0.5 } },
      { type: 'losses', step: 3, losses: { discriminator: 3 } },
    ]);
    const { steps, losses, measures } = readHistory(place);
    expect([...steps]).toEqual([1, 2, 3]);
    expect([...losses['discriminator']!]).toEqual([1, 2, 3]);
    expect([...losses['generator']!]).toEqual([NaN, 5, NaN]);
    expect([...measures['p']!]).toEqual([NaN, 0.5, NaN]);
    expect(listRuns(folder)[0]).toMatchObject({ step: 3, losses: { discriminator: 3, generator: 5 } });
  });

  test('a log of version 3 or earlier, with both losses beside the step, is read like one of today', () => {
    const { folder: place } = newRun('run', [losses(1)]);
    fs.writeFileSync(
      path.join(place, 'events.jsonl'),
      '{"time":"2026-01-01T00:00:00.000Z","type":"losses","step":1,"discriminator":0.5,"generator":0.25}\n',
    );
    const { steps, losses: logged, measures } = readHistory(place);
    expect([...steps]).toEqual([1]);
    expect(logged).toEqual({ discriminator: Float32Array.of(0.5), generator: Float32Array.of(0.25) });
    expect(measures).toEqual({});
    expect(listRuns(folder)[0]).toMatchObject({ step: 1, losses: { discriminator: 0.5, generator: 0.25 } });
  });

  test('renames, notes, and shows sample grids as they were', async () => {
    const { folder: place } = newRun('run');
    const handlers = createRunHandlers({
      folders: { cache: folder, builtIn: folder, runs: folder },
      decoders: testDecoders,
    });
    await handlers['runs.rename']({ folder: place, name: 'Better' });
    await handlers['runs.note']({ folder: place, note: 'blurry\nbut good' });
    expect(await handlers['runs.list']({})).toMatchObject({
      runs: [{ config: { name: 'Better' }, note: 'blurry\nbut good' }],
      damaged: [],
    });
    const pixels = Uint8Array.from({ length: 64 * 28 * 28 }, (_, at) => (at * 7) % 256);
    const images: ImageBatch = { count: 64, size: 28, channels: 1, pixels };
    Run.open(place).saveSamples(50, images);
    expect(await handlers['runs.samples']({ folder: place, step: 50 })).toEqual(images);
    await expect(handlers['runs.samples']({ folder: place, step: 51 })).rejects.toMatchObject({
      code: 'no-samples',
    });
    fs.writeFileSync(path.join(place, Run.samplesFile(50)), 'no picture');
    await expect(handlers['runs.samples']({ folder: place, step: 50 })).rejects.toMatchObject({
      code: 'sheet-damaged',
    });
    fs.copyFileSync(
      path.join(TEST_IMAGES, 'tiled-separate-planes.tif'),
      path.join(place, Run.samplesFile(50)),
    );
    await expect(handlers['runs.samples']({ folder: place, step: 50 })).rejects.toMatchObject({
      code: 'sheet-damaged',
    });
    fs.rmSync(path.join(place, Run.samplesFile(50)));
    execFileSync('mkfifo', [path.join(place, Run.samplesFile(50))]);
    await expect(handlers['runs.samples']({ folder: place, step: 50 })).rejects.toMatchObject({
      code: 'run-unsafe',
    });
  });

  test('shows the sample grid of classes row by row, and that of points as one picture', async () => {
    const handlers = createRunHandlers({
      folders: { cache: folder, builtIn: folder, runs: folder },
      decoders: testDecoders,
    });
    const conditional: RunConfig = {
      ...config,
      classes: ['cats', 'dogs', 'owls'],
      samples: { count: 7, everySteps: 1 },
    };
    const points: RunConfig = {
      ...conditional,
      classes: [],
      dataset: { ...config.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
    };
    const layouts = [conditional, points].map((settings) =>
      generatedLayout(settings, settings.samples.count),
    );
    expect(layouts).toMatchObject([
      { count: 6, columns: 2, rows: ['cats', 'dogs', 'owls'] },
      { count: 1, channels: 3 },
    ]);
    for (const [index, settings] of [conditional, points].entries()) {
      const { count, size, channels } = layouts[index]!;
      const images = {
        ...layouts[index]!,
        pixels: Uint8Array.from({ length: count * size * size * channels }, (_, at) => (at * 7) % 256),
      };
      const run = Run.create(path.join(folder, String(index)), settings);
      run.saveSamples(3, images);
      expect(await handlers['runs.samples']({ folder: run.folder, step: 3 })).toEqual(images);
      expect(fs.existsSync(path.join(run.folder, 'samples', 'layout.json'))).toBe(false);
    }
  });

  test('a layout of pictures and their rebuilding is stored beside the sheets, which can be read without it too', async () => {
    const handlers = createRunHandlers({
      folders: { cache: folder, builtIn: folder, runs: folder },
      decoders: testDecoders,
    });
    const settings: RunConfig = { ...config, samples: { count: 16, everySteps: 1 } };
    const { sheet } = sampleLayout(settings, 16, { rebuilds: true });
    const { count, size, channels } = sheet;
    const images = {
      ...sheet,
      pixels: Uint8Array.from({ length: count * size * size * channels }, (_, at) => (at * 7) % 256),
    };
    const run = Run.create(path.join(folder, 'rebuilding'), settings);
    run.saveSamples(3, images);
    const ask = () => handlers['runs.samples']({ folder: run.folder, step: 3 });
    expect((await ask()).rows).toEqual(['pictures', 'rebuilt', 'new', 'new']);
    const layout = path.join(run.folder, 'samples', 'layout.json');
    run.saveSamples(4, { ...images, rows: ['one', 'two', 'three', 'four'] });
    expect(fs.readFileSync(layout, 'utf8')).toContain('"three"');
    for (const broken of ['{"count": 3', '{"count": -1}', 'x'.repeat(100_000)]) {
      fs.writeFileSync(layout, broken);
      expect(await ask()).toMatchObject({ count: 16, pixels: images.pixels });
    }
  });

  test('names for new runs are safe for every system and do not clash', () => {
    const first = newRunFolder(folder, 'a/b: "c"?. ');
    expect(path.basename(first)).toMatch(/^\d{4}-\d\d-\d\d a b c$/);
    expect(Buffer.byteLength(path.basename(newRunFolder(folder, '漢字'.repeat(60))))).toBeLessThan(255);
    fs.mkdirSync(first);
    expect(newRunFolder(folder, 'a/b: "c"?. ')).toBe(`${first} 2`);
  });
});

test('a sheet has the columns of its layout, whatever its count', async () => {
  const { width, height } = await new Transformer(
    sheetPng({ count: 6, columns: 2, size: 4, channels: 1, pixels: new Uint8Array(96) }),
  ).metadata();
  expect([width, height]).toEqual([10, 16]);
});

test('what cannot be put in place changes nothing, and the error states the facts', () => {
  const file = path.join(folder, 'taken');
  fs.mkdirSync(path.join(file, 'inside'), { recursive: true });
  expect(() => writeWhole(file, 'x')).toThrow('was not written: it is a folder');
  expect(() => writeWhole(path.join(folder, 'gone', 'file'), 'x')).toThrow('its folder is not there');
  expect(fs.readdirSync(folder)).toEqual(['taken']);
});

test('a sheet shows every image at its position, grey ones in three equal channels', async () => {
  const pixels = Uint8Array.from([
    ...new Array<number>(4).fill(10),
    ...new Array<number>(4).fill(20),
    ...new Array<number>(4).fill(30),
  ]);
  const png = sheetPng({ count: 3, size: 2, channels: 1, pixels });
  const { width, height } = await new Transformer(png).metadata();
  expect([width, height]).toEqual([6, 6]);
  const shown = new Transformer(png).rawPixelsSync();
  const channels = shown.length / 36;
  const at = (x: number, y: number) => [
    ...shown.subarray((y * 6 + x) * channels, (y * 6 + x) * channels + 3),
  ];
  expect([at(0, 0), at(4, 0), at(0, 4), at(2, 0), at(4, 4)]).toEqual([
    [10, 10, 10],
    [20, 20, 20],
    [30, 30, 30],
    [255, 255, 255],
    [255, 255, 255],
  ]);
});
