import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Transformer } from '@napi-rs/image';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ALL_PHASES,
  DEFAULT_RUN_CONFIG,
  withRecommended,
  type Numbers,
  type Pass,
  type Pixel,
  type Recommended,
  type RunConfig,
  type StudioEvent,
  type Trace,
} from '../contract/index.ts';
import { GANS } from '../gans/index.ts';
import { lossOf } from '../losses/index.ts';
import { STABILISERS } from '../stabilisers/index.ts';
import { tf } from '../tensor.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { createTrainer } from '../trainer/index.ts';

type Opened = { events: StudioEvent[]; trainer: ReturnType<typeof createTrainer> };

let folder: string;
let opened: Opened[];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-inspect-'));
  opened = [];
  for (const kind of ['round', 'square']) {
    fs.mkdirSync(path.join(folder, 'images', kind), { recursive: true });
    for (const shade of [30, 90, 150, 210]) {
      const pixels = Buffer.from(
        Array.from({ length: 32 * 32 * 4 }, (_, i) =>
          i % 4 === 3 ? 255 : (shade + ((i * (kind === 'round' ? 7 : 3)) % 40)) % 256,
        ),
      );
      fs.writeFileSync(
        path.join(folder, 'images', kind, `${shade}.png`),
        Transformer.fromRgbaPixels(pixels, 32, 32).pngSync(),
      );
    }
  }
});

afterEach(async () => {
  for (const { trainer } of opened) await trainer.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function config(changes: Partial<RunConfig> = {}): RunConfig {
  return {
    ...DEFAULT_RUN_CONFIG,
    precision: 'float32',
    name: 'Shades',
    batch: 4,
    steps: 100_000,
    z: { size: 4, distribution: 'normal' },
    gan: { kind: 'dcgan', options: { width: 4, upsampling: 'transposed-conv' } },
    samples: { count: 4, everySteps: 100_000 },
    dataset: {
      source: { kind: 'files', paths: [path.join(folder, 'images')] },
      leftOut: [],
      options: { ...DEFAULT_RUN_CONFIG.dataset.options, size: 32 },
    },
    ...changes,
  };
}

/** The settings that these name, and no others. */
function recommended(settings: Recommended): Partial<RunConfig> {
  const whole = withRecommended(DEFAULT_RUN_CONFIG, settings);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name in settings));
}

/** A trainer whose run is paused after two steps. */
async function paused(changes: Partial<RunConfig> = {}): Promise<Opened & Opened['trainer']> {
  const events: StudioEvent[] = [];
  let begun = (): void => undefined;
  const begins = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const trainer = createTrainer({
    folders: { cache: path.join(folder, 'cache'), builtIn: folder, runs: path.join(folder, 'runs') },
    decoders: testDecoders,
    checkExport: async () => null,
    emit(event) {
      events.push(event);
      if (event.type !== 'run-state' || event.status !== 'training' || events.length > 1) return;
      void trainer.handlers['run.pause']({}).then(begun);
    },
  });
  opened.push({ events, trainer });
  await trainer.handlers['run.start']({ config: config(changes) });
  await begins;
  for (let step = 0; step < 2; step++) await trainer.handlers['run.step']({});
  return { events, trainer, ...trainer };
}

const losses = (events: StudioEvent[]) => events.flatMap((event) => (event.type === 'losses' ? [event] : []));
const passOn = ({ passes }: Trace, on: Pass['on']): Pass => passes.find((pass) => pass.on === on)!;
const output = (pass: Pass, name: string) => pass.layers.find((layer) => layer.name === pass.outputs[name])!;

/** The pixels with the largest numbers, by absolute value. */
function largest({ shape, values }: Numbers, count: number): { pixel: Pixel; value: number }[] {
  const [, width, channels] = shape as [number, number, number];
  const order = [...values.keys()].sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!));
  return order.slice(0, count).map((index) => ({
    value: values[index]!,
    pixel: {
      row: Math.floor(index / (width * channels)),
      column: Math.floor(index / channels) % width,
      channel: index % channels,
    },
  }));
}

describe('the gradient at the pixels', () => {
  const cases: [string, Partial<RunConfig>][] = [
    ['non-saturating', {}],
    ['least-squares', { loss: { kind: 'least-squares', options: {} } }],
    [
      'wasserstein',
      {
        loss: { kind: 'wasserstein', options: {} },
        gan: { kind: 'dcgan', options: { width: 4, normalisation: 'layer' } },
        stabilisers: [{ kind: 'gradient-penalty', options: {} }],
      },
    ],
    [
      'hinge, judged two by two',
      { loss: { kind: 'hinge', options: {} }, stabilisers: [{ kind: 'packing', options: { images: 2 } }] },
    ],
  ];

  test.each(cases)(
    'of the %s loss equals the numeric derivative at a sample of pixels',
    async (_, changes) => {
      const { handlers } = await paused(changes);
      const request = { phase: 'generator', image: 2 };
      const { gradient } = output(passOn(await handlers['inspect.trace'](request), 'z'), 'image');
      const largestOnes = largest(gradient!, 8);
      const by = 0.0005;
      const { nudged } = await handlers['inspect.nudge']({
        request,
        by,
        pixels: largestOnes.map(({ pixel }) => pixel),
      });
      largestOnes.forEach(({ value }, index) => {
        const measured = (nudged[index]!.more - nudged[index]!.less) / (2 * by);
        expect(Math.abs(measured - value)).toBeLessThan(0.03 * Math.abs(value) + 1e-4);
      });
      expect(Math.abs(largestOnes[0]!.value)).toBeGreaterThan(0.01);
    },
  );
});

test('the trace’s losses are those of the run’s own next step, D’s turn first', async () => {
  const { handlers, events } = await paused();
  const discriminator = await handlers['inspect.trace']({ phase: 'discriminator', image: 0 });
  const generator = await handlers['inspect.trace']({ phase: 'generator', image: 0 });
  await handlers['run.step']({});
  const taken = losses(events).at(-1)!;
  expect(taken.step).toBe(discriminator.step + 1);
  expect(discriminator.loss).toBeCloseTo(taken.losses['discriminator']!, 4);
  expect(generator.loss).toBeCloseTo(taken.losses['generator']!, 4);
});

test('a run that was looked into goes on bit for bit as one that was not, and no tensor stays behind', async () => {
  const one = await paused();
  const other = await paused();
  await one.handlers['inspect.trace']({ phase: 'generator', image: 0 });
  const tensors = tf.memory().numTensors;
  for (const phase of ['discriminator', 'generator'])
    await one.handlers['inspect.trace']({ phase, image: 1, seed: 7 });
  await one.handlers['inspect.compare']({ image: 1 });
  for (const mover of ['generator', 'discriminator', ALL_PHASES])
    await one.handlers['inspect.move']({ image: 1, mover });
  await one.handlers['inspect.nudge']({
    request: { phase: 'generator', image: 1 },
    by: 0.1,
    pixels: [{ row: 0, column: 0, channel: 0 }],
  });
  expect(tf.memory().numTensors).toBe(tensors);
  for (const { handlers } of [one, other])
    for (let step = 0; step < 3; step++) await handlers['run.step']({});
  expect(losses(one.events)).toEqual(losses(other.events));
  expect(losses(one.events)).toHaveLength(5);
});

test('in the generator’s turn D is held fixed, in the discriminator’s no gradient reaches G', async () => {
  const { handlers } = await paused();
  const generator = await handlers['inspect.trace']({ phase: 'generator', image: 0 });
  expect(passOn(generator, 'fake').moves).toBe(false);
  expect(
    passOn(generator, 'fake')
      .layers.flatMap(({ weights }) => weights)
      .filter(({ gradientNorm }) => gradientNorm !== undefined),
  ).toEqual([]);
  expect(passOn(generator, 'fake').layers.every(({ gradient }) => gradient)).toBe(true);
  expect(
    passOn(generator, 'z').layers.every(
      ({ gradient, weights }) => gradient && weights.every(({ gradientNorm }) => gradientNorm! > 0),
    ),
  ).toBe(true);
  const discriminator = await handlers['inspect.trace']({ phase: 'discriminator', image: 0 });
  expect(passOn(discriminator, 'z').layers.filter(({ gradient }) => gradient)).toEqual([]);
  for (const on of ['real', 'fake'] as const)
    expect(passOn(discriminator, on).layers.every(({ gradient }) => gradient)).toBe(true);
  expect(
    (await handlers['inspect.move']({ image: 0, mover: 'generator' })).moved.every(
      ({ network }) => network === 'generator',
    ),
  ).toBe(true);
  const moved = await handlers['inspect.move']({ image: 0, mover: 'discriminator' });
  expect(moved.moved.length).toBeGreaterThan(0);
  expect(moved.moved.every(({ network }) => network === 'discriminator')).toBe(true);
  expect(moved.change.values.every((change) => change === 0)).toBe(true);
});

test('the gradient at the logit is that of the loss’s formula, and the saturating loss pushes by p where the other does by 1 − p', async () => {
  const { handlers } = await paused();
  const { logitGradients } = await handlers['inspect.trace']({ phase: 'discriminator', image: 1 });
  expect(logitGradients.map(({ on }) => on)).toEqual(['real', 'fake']);
  for (const { gradient, expected } of logitGradients) expect(gradient).toBeCloseTo(expected!, 6);
  const { probability, saturating, nonSaturating } = await handlers['inspect.compare']({ image: 1 });
  expect(saturating.logitGradient).toBeCloseTo(-probability / 4, 6);
  expect(nonSaturating.logitGradient).toBeCloseTo(-(1 - probability) / 4, 6);
  expect(saturating.gradient.values).not.toEqual(nonSaturating.gradient.values);
});

test('G’s turn on a copy lowers G’s loss on its batch, and a point of one’s own is the image that the latent space shows', async () => {
  const { handlers } = await paused({
    optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, learningRate: { discriminator: 1e-4, generator: 1e-4 } },
  });
  const { loss, before, after, change } = await handlers['inspect.move']({ image: 0, mover: 'generator' });
  expect(loss.after).toBeLessThan(loss.before);
  change.values.forEach((value, index) =>
    expect(value).toBeCloseTo(after.fake.values[index]! - before.fake.values[index]!, 6),
  );
  const [one, same, own] = await Promise.all(
    [undefined, undefined, 5].map((seed) =>
      handlers['inspect.trace']({ phase: 'generator', image: 3, seed }),
    ),
  );
  expect(output(passOn(one!, 'z'), 'image').value).toEqual(output(passOn(same!, 'z'), 'image').value);
  expect(output(passOn(one!, 'z'), 'image').value).not.toEqual(output(passOn(own!, 'z'), 'image').value);
});

test('a trace says which numbers D’s outputs are trained towards', async () => {
  const { handlers } = await paused({ loss: { kind: 'least-squares', options: { fake: 1, real: -1 } } });
  const { reading, logitGradients } = await handlers['inspect.trace']({ phase: 'generator', image: 0 });
  expect(reading).toEqual({ of: 'number', real: -1, fake: 1 });
  expect(logitGradients.map(({ on }) => on)).toEqual(['fake']);
});

test('a loss that compares the two kinds shows D on real images in G’s turn as well', async () => {
  const { handlers } = await paused({ loss: { kind: 'relativistic-average', options: {} } });
  const { passes, logitGradients } = await handlers['inspect.trace']({ phase: 'generator', image: 0 });
  expect(passes.find(({ on }) => on === 'real')!.layers.every(({ gradient }) => gradient)).toBe(true);
  expect(logitGradients.map(({ on }) => on).sort()).toEqual(['fake', 'real']);
});

test('what the inspector holds of a run is freed when it is left, and read again later', async () => {
  const { handlers } = await paused();
  const before = tf.memory().numTensors;
  const request = { phase: 'generator', image: 1 };
  const first = await handlers['inspect.trace'](request);
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  await handlers['inspect.leave']({});
  expect(tf.memory().numTensors).toBe(before);
  expect(await handlers['inspect.trace'](request)).toEqual(first);
});

test('an ended run is looked into as it was when it was paused', async () => {
  const { handlers, events } = await paused();
  const request = { phase: 'generator', image: 1 };
  const before = await handlers['inspect.trace'](request);
  const { folder: runFolder } = await handlers['run.stop']({});
  const stopped = await handlers['inspect.trace'](request);
  await handlers['run.open']({ folder: runFolder });
  const after = await handlers['inspect.trace'](request);
  for (const trace of [stopped, after]) expect(trace).toEqual(before);
  expect(events.at(-1)).toMatchObject({ type: 'run-state', status: 'stopped' });
});

test('a run in training is neither inspected nor stepped, and the error says what to do', async () => {
  const { handlers } = await paused();
  await handlers['run.continue']({});
  await expect(handlers['inspect.trace']({ phase: 'generator', image: 0 })).rejects.toMatchObject({
    code: 'not-still',
    remedy: 'Pause it first.',
  });
  await expect(handlers['run.step']({})).rejects.toMatchObject({ code: 'not-paused' });
  await handlers['run.pause']({});
  await expect(handlers['inspect.trace']({ phase: 'generator', image: 4 })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('4 pictures') as string,
  });
  await expect(handlers['inspect.trace']({ phase: 'encoder', image: 0 })).rejects.toMatchObject({
    remedy: 'Choose among: discriminator, generator.',
  });
});

describe('every GAN and stabiliser is traced without code of its own', () => {
  const apart = { kind: 'dcgan', options: { width: 4, normalisation: 'layer' } };
  const gans = GANS.map((gan): [string, Partial<RunConfig>] => [
    gan.label,
    {
      ...recommended(gan.recommends),
      batch: 4,
      gan: { kind: gan.kind, options: { width: 4 } },
      z: { size: 4, distribution: 'normal' },
      turns: DEFAULT_RUN_CONFIG.turns,
      steps: 100,
    },
  ]);
  const stabilisers = STABILISERS.filter(({ kind }) => kind !== 'weight-clipping').map(
    ({ kind, label }): [string, Partial<RunConfig>] => [
      label,
      {
        gan: ['r1', 'gradient-penalty', 'dragan-penalty'].includes(kind)
          ? apart
          : { kind: 'dcgan', options: { width: 4 } },
        stabilisers: [{ kind, options: {} }],
      },
    ],
  );

  test.each([...gans, ...stabilisers])('%s', async (_, changes) => {
    const { handlers } = await paused(changes);
    const players: string[] = [];
    for (const phase of ['discriminator', 'generator']) {
      const trace = await handlers['inspect.trace']({ phase, image: 3 });
      const moving = trace.passes.filter(({ moves }) => moves);
      expect(moving.length).toBeGreaterThan(0);
      expect(
        moving.every(({ layers }) =>
          layers.some(({ weights }) => weights.some(({ gradientNorm }) => gradientNorm! > 0)),
        ),
      ).toBe(true);
      expect(Number.isFinite(trace.gradientNorm)).toBe(true);
      players.push(...trace.phases.find(({ name }) => name === phase)!.moves);
      expect(new Set(moving.map(({ network }) => network))).toEqual(
        new Set(trace.phases.find(({ name }) => name === phase)!.moves),
      );
    }
    const comparing = handlers['inspect.compare']({ image: 3 });
    if (lossOf(changes.loss?.kind ?? DEFAULT_RUN_CONFIG.loss.kind).meaning === 'energy') {
      await expect(comparing).rejects.toMatchObject({
        code: 'not-comparable',
        message: expect.stringContaining('an energy') as string,
      });
    } else {
      const { saturating, nonSaturating } = await comparing;
      expect(saturating.logitGradient).toBeLessThan(0);
      expect(nonSaturating.logitGradient).toBeLessThan(0);
    }
    const { moved } = await handlers['inspect.move']({ image: 3, mover: ALL_PHASES });
    expect(new Set(moved.map(({ network }) => network))).toEqual(new Set(players));
    expect(players.length).toBeGreaterThanOrEqual(2);
    const { nudged } = await handlers['inspect.nudge']({
      request: { phase: 'generator', image: 3 },
      by: 0.1,
      pixels: [{ row: 1, column: 1, channel: 0 }],
    });
    expect(Number.isFinite(nudged[0]!.more - nudged[0]!.less)).toBe(true);
  });
});
