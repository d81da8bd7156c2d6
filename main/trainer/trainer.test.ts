import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Transformer } from '@napi-rs/image';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { createTrainer } from './handlers.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let folder: TestTrainer['folder'];
let events: TestTrainer['events'];
let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ folder, events, trainer, close } = openTestTrainer('trainer'));
  fs.mkdirSync(path.join(folder, 'images'));
  for (const shade of [40, 80, 120, 160]) {
    const png = Transformer.fromRgbaPixels(Buffer.alloc(32 * 32 * 4, shade), 32, 32).pngSync();
    fs.writeFileSync(path.join(folder, 'images', `${shade}.png`), png);
  }
});

afterEach(() => close());

function config(changes: Partial<RunConfig> = {}): RunConfig {
  return {
    ...DEFAULT_RUN_CONFIG,
    precision: 'float32',
    name: 'Shades',
    batch: 4,
    steps: 100_000,
    z: { size: 4, distribution: 'normal' },
    gan: { kind: 'dcgan', options: { width: 4 } },
    samples: { count: 4, everySteps: 1000 },
    dataset: {
      source: { kind: 'files', paths: [path.join(folder, 'images')] },
      leftOut: [],
      options: { ...DEFAULT_RUN_CONFIG.dataset.options, size: 32 },
    },
    ...changes,
  };
}

const stepsTaken = () => events.filter((event) => event.type === 'losses').length;
const statuses = () => events.flatMap((event) => (event.type === 'run-state' ? [event.status] : []));
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !condition();) {
    if (Date.now() > end) throw new Error('waited in vain');
    await wait(2);
  }
}

test('a run trains until it is stopped, and its folder lies in the runs folder', async () => {
  const { folder: runFolder, status } = await trainer.handlers['run.start']({ config: config() });
  expect(status).toBe('training');
  await until(() => stepsTaken() >= 5);
  const stopped = await trainer.handlers['run.stop']({});
  expect(stopped).toMatchObject({ status: 'stopped', step: stepsTaken() });
  expect(path.dirname(runFolder)).toBe(path.join(folder, 'runs'));
  const checkpoints = fs.readdirSync(path.join(runFolder, 'checkpoints'));
  expect(checkpoints).toContain(`step-${String(stopped.step).padStart(9, '0')}.safetensors`);
});

test('a paused run takes a single step and stays paused, with the samples that are due at it', async () => {
  await trainer.handlers['run.start']({ config: config({ samples: { count: 4, everySteps: 2 } }) });
  await until(() => stepsTaken() >= 1);
  const { step } = await trainer.handlers['run.pause']({});
  for (const further of [1, 2, 3]) {
    expect(await trainer.handlers['run.step']({})).toMatchObject({ status: 'paused', step: step + further });
    await wait(30);
    expect(stepsTaken()).toBe(step + further);
  }
  const samples = events.flatMap((event) => (event.type === 'samples' ? [event.step] : []));
  expect(samples.at(-1)).toBe(Math.floor((step + 3) / 2) * 2);
});

test('paused, it takes no step; continued, it goes on where it was', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 3);
  const { status, step } = await trainer.handlers['run.pause']({});
  expect(status).toBe('paused');
  await wait(100);
  expect(stepsTaken()).toBe(step);
  await trainer.handlers['run.continue']({});
  await until(() => stepsTaken() >= step + 3);
  const steps = events.filter((event) => event.type === 'losses').map((event) => event.step);
  expect(steps).toEqual(steps.map((_, index) => index + 1));
});

test('a paused run can be stopped', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 1);
  const { step } = await trainer.handlers['run.pause']({});
  expect(await trainer.handlers['run.stop']({})).toMatchObject({ status: 'stopped', step });
});

test('images between two points are answered while it trains, and after it has ended', async () => {
  await trainer.handlers['run.start']({ config: config({ steps: 20 }) });
  const request = { from: { seed: 1 }, to: { seed: 2 }, walk: 'spherical', positions: [0, 0.5, 1] } as const;
  const early = await trainer.handlers['latent.interpolate']({
    ...request,
    positions: [...request.positions],
  });
  expect(early).toMatchObject({ count: 3, size: 32, channels: 1 });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 20);
  const late = await trainer.handlers['latent.interpolate']({
    ...request,
    positions: [...request.positions],
  });
  expect(late.pixels).not.toEqual(early.pixels);
  expect(late.pixels).toHaveLength(3 * 32 * 32);
});

test('a run with an encoder walks between two pictures, rebuilds them and shows rows of both', async () => {
  const gan = { kind: 'bigan', options: { width: 4, joint: 8 } };
  await trainer.handlers['run.start']({
    config: config({ gan, steps: 3, samples: { count: 16, everySteps: 3 } }),
  });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 3);
  const [dark, light] = [40, 160].map((shade) => path.join(folder, 'images', `${shade}.png`));
  const walk = await trainer.handlers['latent.interpolate']({
    from: { picture: dark! },
    to: { picture: light! },
    walk: 'linear',
    positions: [0, 0.5, 1],
  });
  const pixels = 32 * 32;
  for (const [picture, index] of [
    [dark!, 0],
    [light!, 2],
  ] as const) {
    const both = await trainer.handlers['latent.rebuild']({ picture });
    expect(both.count).toBe(2);
    expect(new Set(both.pixels.subarray(0, pixels)).size).toBe(1); // the picture is of one shade
    expect(Uint8Array.from(both.pixels.subarray(pixels))).toEqual(
      walk.pixels.subarray(index * pixels, (index + 1) * pixels),
    );
  }
  const other = fs.readFileSync(light!);
  fs.writeFileSync(dark!, other);
  fs.utimesSync(dark!, new Date(), new Date(Date.now() + 5000));
  const changed = await trainer.handlers['latent.rebuild']({ picture: dark! });
  expect(changed).toEqual(await trainer.handlers['latent.rebuild']({ picture: light! }));
  const samples = events.flatMap((event) => (event.type === 'samples' ? [event.images] : []));
  expect(samples.at(-1)?.rows).toEqual(['pictures', 'rebuilt', 'new', 'new']);
  await expect(
    trainer.handlers['latent.rebuild']({ picture: path.join(folder, 'gone.png') }),
  ).rejects.toMatchObject({ code: 'picture-unusable' });
});

test('a run without an encoder says that it cannot find the point of a picture', async () => {
  await trainer.handlers['run.start']({ config: config({ steps: 1 }) });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 1);
  const picture = path.join(folder, 'images', '40.png');
  await expect(
    trainer.handlers['latent.interpolate']({
      from: { picture },
      to: { seed: 1 },
      walk: 'linear',
      positions: [0],
    }),
  ).rejects.toMatchObject({ code: 'cannot' });
  await expect(trainer.handlers['latent.rebuild']({ picture })).rejects.toMatchObject({ code: 'cannot' });
});

test('a second run is refused while the first is under way, and starts after it', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await expect(trainer.handlers['run.start']({ config: config() })).rejects.toMatchObject({
    code: 'run-under-way',
  });
  await trainer.handlers['run.stop']({});
  expect(await trainer.handlers['run.start']({ config: config() })).toMatchObject({
    status: 'training',
    step: 0,
  });
});

test('a run that has ended opens again and makes the same images', async () => {
  const { folder: runFolder } = await trainer.handlers['run.start']({ config: config({ steps: 5 }) });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 5);
  const request = { from: { seed: 1 }, to: { seed: 2 }, walk: 'linear' as const, positions: [0.25] };
  const before = await trainer.handlers['latent.interpolate'](request);
  expect(await trainer.handlers['run.open']({ folder: runFolder })).toMatchObject({
    status: 'finished',
    step: 5,
  });
  expect(await trainer.handlers['latent.interpolate'](request)).toEqual(before);
});

test('a run whose folder vanishes goes on; stopped, it says what could not be saved, and its images can still be looked at', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 1);
  fs.rmSync(path.join(folder, 'runs'), { recursive: true });
  const { step } = await trainer.handlers['run.pause']({});
  expect(events.filter((event) => event.type === 'warning').at(-1)).toMatchObject({
    failure: { code: 'not-written' },
  });
  await trainer.handlers['run.continue']({});
  await until(() => stepsTaken() >= step + 3);
  await trainer.handlers['run.stop']({});
  expect(events.at(-1)).toMatchObject({
    status: 'unsaved',
    failure: {
      code: 'not-written',
      message: expect.stringMatching(/its folder is not there/) as string,
      remedy: 'Bring the run’s folder back, then save again.',
    },
  });
  expect(
    await trainer.handlers['latent.interpolate']({
      from: { seed: 1 },
      to: { seed: 2 },
      walk: 'linear',
      positions: [0],
    }),
  ).toMatchObject({ count: 1 });
});

test('a data folder that vanishes does not stop a run; resuming says what is missing, and with the folder back it goes on', async () => {
  const { folder: runFolder } = await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 1);
  fs.renameSync(path.join(folder, 'images'), path.join(folder, 'elsewhere'));
  const seen = stepsTaken();
  await until(() => stepsTaken() >= seen + 5);
  const { step } = await trainer.handlers['run.stop']({});
  await expect(trainer.handlers['run.resume']({ folder: runFolder })).rejects.toMatchObject({
    code: 'folder-missing',
  });
  fs.renameSync(path.join(folder, 'elsewhere'), path.join(folder, 'images'));
  expect(await trainer.handlers['run.resume']({ folder: runFolder })).toMatchObject({ step });
});

test('a stopped run resumes where it was, in another trainer too, and trains to more steps when asked', async () => {
  const { folder: runFolder } = await trainer.handlers['run.start']({ config: config({ steps: 6 }) });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 6);
  await until(() => !fs.existsSync(path.join(runFolder, 'holder.json')));
  events.length = 0;
  await expect(trainer.handlers['run.resume']({ folder: runFolder })).rejects.toMatchObject({
    code: 'nothing-left',
  });
  const other = createTrainer({
    folders: { cache: path.join(folder, 'cache'), builtIn: folder, runs: path.join(folder, 'runs') },
    decoders: testDecoders,
    checkExport: async () => null,
    emit: (event) => events.push(event),
  });
  expect(await other.handlers['run.resume']({ folder: runFolder, steps: 100_000 })).toMatchObject({
    step: 6,
    config: { steps: 100_000 },
  });
  await expect(trainer.handlers['run.resume']({ folder: runFolder })).rejects.toMatchObject({
    code: 'run-held',
  });
  await until(() => stepsTaken() >= 3);
  expect(
    events
      .filter((event) => event.type === 'losses')
      .slice(0, 3)
      .map((event) => event.step),
  ).toEqual([7, 8, 9]);
  await other.close();
});

test('pausing saves a checkpoint; the log names versions and settings and holds no picture', async () => {
  const { folder: runFolder } = await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 2);
  const { step } = await trainer.handlers['run.pause']({});
  expect(events.at(-1)).toMatchObject({ type: 'checkpoint-saved', step });
  await trainer.handlers['run.stop']({});
  const log = fs.readFileSync(path.join(runFolder, 'log.txt'), 'utf8');
  for (const fact of ['tfjs-node 4.22.0', 'libtensorflow', '"kind":"dcgan"', '"status":"paused"'])
    expect(log).toContain(fact);
  expect(log).not.toContain('pixels');
});

test('the current run is described, also to a page that opens later', async () => {
  expect(await trainer.handlers['run.current']({})).toBeNull();
  await trainer.handlers['run.start']({ config: config() });
  expect(await trainer.handlers['run.current']({})).toMatchObject({ config: { name: 'Shades' } });
});

test('two starts at once give one run', async () => {
  const results = await Promise.allSettled([
    trainer.handlers['run.start']({ config: config() }),
    trainer.handlers['run.start']({ config: config() }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(fs.readdirSync(path.join(folder, 'runs'))).toHaveLength(1);
});

test('two commands that wait for the same end give one run', async () => {
  const { folder: first } = await trainer.handlers['run.start']({ config: config({ steps: 1 }) });
  await until(() => statuses().at(-1) === 'finished');
  const results = await Promise.allSettled([
    trainer.handlers['run.start']({ config: config() }),
    trainer.handlers['run.start']({ config: config() }),
    trainer.handlers['run.open']({ folder: first }),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(fs.readdirSync(path.join(folder, 'runs'))).toHaveLength(2);
});

test('without a run, commands on the model are refused', async () => {
  await expect(
    trainer.handlers['latent.interpolate']({
      from: { seed: 1 },
      to: { seed: 2 },
      walk: 'linear',
      positions: [0],
    }),
  ).rejects.toMatchObject({ code: 'no-run' });
  await expect(trainer.handlers['run.open']({ folder })).rejects.toMatchObject({ code: 'run-missing' });
});

/** Two class folders beside the plain one. */
function classFolders(): RunConfig {
  for (const name of ['cats', 'dogs']) {
    fs.mkdirSync(path.join(folder, 'kinds', name), { recursive: true });
    for (const image of [40, 160])
      fs.copyFileSync(
        path.join(folder, 'images', `${image}.png`),
        path.join(folder, 'kinds', name, `${image}.png`),
      );
  }
  const { dataset } = config();
  return config({
    steps: 3,
    gan: { kind: 'conditional', options: { width: 4 } },
    samples: { count: 6, everySteps: 1 },
    dataset: { ...dataset, source: { kind: 'files', paths: [path.join(folder, 'kinds')] } },
  });
}

test('a conditional run learns the classes of its folder, shows a row of samples for each, and makes images of a chosen one', async () => {
  const { folder: runFolder, config: started } = await trainer.handlers['run.start']({
    config: { ...classFolders(), steps: 20 },
  });
  expect(started.classes).toEqual(['cats', 'dogs']);
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 20);
  const samples = events.filter((event) => event.type === 'samples').at(-1);
  expect(samples?.images).toMatchObject({ count: 6, columns: 3, rows: ['cats', 'dogs'] });
  const at = (number?: number) =>
    trainer.handlers['latent.interpolate']({
      from: { seed: 1 },
      to: { seed: 2 },
      walk: 'linear',
      positions: [0.5],
      ...(number === undefined ? {} : { class: number }),
    });
  expect((await at(0)).pixels).toEqual((await at()).pixels);
  expect((await at(1)).pixels).not.toEqual((await at(0)).pixels);
  await expect(at(2)).rejects.toMatchObject({ code: 'invalid-input', remedy: 'Choose among: cats, dogs.' });
  await trainer.handlers['run.open']({ folder: runFolder });
  expect((await at(1)).count).toBe(1);
});

test('a conditional run is refused without class folders, and is not resumed with other ones', async () => {
  const given = classFolders();
  await expect(
    trainer.handlers['run.start']({ config: { ...given, dataset: config().dataset } }),
  ).rejects.toMatchObject({
    code: 'no-classes',
    message: expect.stringContaining('Its pictures do not lie in folders of their own.') as string,
  });
  expect(fs.existsSync(path.join(folder, 'runs'))).toBe(false);
  expect(await trainer.handlers['run.check']({ config: given })).toMatchObject({ code: 'senseless' });
  expect(await trainer.handlers['run.check']({ config: { ...given, classes: ['cats', 'dogs'] } })).toBeNull();
  const { folder: runFolder } = await trainer.handlers['run.start']({ config: given });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 3);
  await until(() => !fs.existsSync(path.join(runFolder, 'holder.json')));
  fs.renameSync(path.join(folder, 'kinds', 'dogs'), path.join(folder, 'kinds', 'owls'));
  await expect(trainer.handlers['run.resume']({ folder: runFolder, steps: 6 })).rejects.toMatchObject({
    code: 'data-changed',
    message: expect.stringContaining('dogs had ') as string,
  });
});

test('a run on points needs no folder, and shows its samples as one picture', async () => {
  const points = config({
    steps: 2,
    gan: { kind: 'mlp', options: { width: 4 } },
    samples: { count: 6, everySteps: 1 },
    dataset: { ...config().dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
  });
  const { folder: runFolder } = await trainer.handlers['run.start']({ config: points });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 2);
  expect(events.filter((event) => event.type === 'samples').at(-1)?.images).toMatchObject({
    count: 1,
    channels: 3,
  });
  expect(events.filter((event) => event.type === 'checkpoint-saved').at(-1)?.distance).toBeGreaterThan(0);
  const { bytes } = await trainer.handlers['export.sheet']({
    file: path.join(runFolder, 'sheet.png'),
    seed: 1,
    count: 4,
  });
  expect(fs.statSync(path.join(runFolder, 'sheet.png')).size).toBe(bytes);
  expect((await trainer.handlers['export.preview']({ seed: 1, count: 4 })).count).toBe(1);
  await expect(trainer.handlers['export.preview']({ seed: 1, count: 4, class: 7 })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect(
    (
      await trainer.handlers['latent.interpolate']({
        from: { seed: 1 },
        to: { seed: 2 },
        walk: 'linear',
        positions: [0, 1],
      })
    ).count,
  ).toBe(2);
});

test('the catalogue has the options of every GAN as JSON Schema', async () => {
  const { gans, losses } = await trainer.handlers['catalogue.list']({});
  expect(gans[0]).toMatchObject({
    kind: 'dcgan',
    options: {
      type: 'object',
      properties: { width: { type: 'integer', minimum: 4, default: 32, title: 'Width' } },
    },
  });
  expect(losses.map(({ kind }) => kind)).toContain('non-saturating');
});
