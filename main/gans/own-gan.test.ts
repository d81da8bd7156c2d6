/**
 * A GAN that only this test knows: ALI with a categorical part. It has three players, a phase that moves two
 * of them, and a one-hot source; the rest of the core learns all of this from its declaration.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from '../catalogue/index.ts';
import { ALL_PHASES, DEFAULT_RUN_CONFIG, moversOf, type RunConfig } from '../contract/index.ts';
import { drawPoints, encode, generate, rebuild, sizeOf } from '../explore/index.ts';
import { subjectOf, writeExports } from '../export/index.ts';
import { Inspector } from '../inspect/index.ts';
import {
  activation,
  batchNorm,
  concat,
  conv,
  dense,
  flatten,
  reshape,
  transposedConv,
} from '../layers/index.ts';
import { plainAnswers } from '../reference/index.ts';
import { sampleLayout } from '../samples/index.ts';
import { tf } from '../tensor.ts';
import { noiseBatch, takeBothWays } from '../training/test-both-ways.ts';
import { completeConfig, rulesOf, Session } from '../training/index.ts';
import type { Phase } from '../game/index.ts';
import { defineGan, type Gan } from './gan.ts';
import { GANS } from './index.ts';

const KINDS = 5;

const generator = {
  inputs: { z: [6], kind: [KINDS] },
  layers: [
    concat('point', {}, 'z', 'kind'),
    dense('start', { units: 7 * 7 * 4, bias: false }),
    reshape('start-picture', { shape: [7, 7, 4] }),
    batchNorm('start-norm', {}),
    activation('start-relu', { function: 'relu' as const }),
    transposedConv('up', { filters: 4, kernel: 4, stride: 2, bias: true }),
    activation('up-relu', { function: 'relu' as const }),
    transposedConv('to-image', { filters: 1, kernel: 4, stride: 2, bias: true }),
    activation('image', { function: 'tanh' as const }),
  ],
  outputs: { image: 'image' },
};
const encoder = {
  inputs: { image: [28, 28, 1] },
  layers: [
    conv('down', { filters: 4, kernel: 4, stride: 2, bias: true }),
    activation('down-relu', { function: 'leaky-relu' as const, slope: 0.2 }),
    flatten('kept', {}),
    dense('mean', { units: 6, bias: true }),
    dense('kind-logits', { units: KINDS, bias: true }, 'kept'),
    activation('kind', { function: 'sigmoid' as const }),
  ],
  outputs: { z: 'mean', kind: 'kind' },
};
const discriminator = (nodes: number) => ({
  inputs: { image: [28, 28, 1], z: [6], kind: [KINDS] },
  layers: [
    conv('down', { filters: 4, kernel: 4, stride: 2, bias: true }),
    activation('down-relu', { function: 'leaky-relu' as const, slope: 0.2 }),
    flatten('kept', {}),
    concat('pair', {}, 'kept', 'z', 'kind'),
    dense('joint', { units: 16, bias: true }),
    activation('features', { function: 'leaky-relu' as const, slope: 0.2 }),
    dense('verdict', { units: nodes, bias: true }),
  ],
  outputs: { logit: 'verdict', features: 'features' },
});

const criticTurn: Phase = {
  name: 'critic',
  moves: ['critic'],
  everySteps: 1,
  minimises: ({ reals, fakes, loss, judge }) =>
    loss.discriminator({ real: judge(reals(), 'real').logit, fake: judge(fakes(), 'fake').logit }),
};
const jointTurn: Phase = {
  name: 'maker and reader',
  moves: ['maker', 'reader'],
  everySteps: 1,
  minimises({ reals, fakes, loss, judge }) {
    const logits = { real: judge(reals(), 'real').logit, fake: judge(fakes(), 'fake').logit };
    return tf.add(loss.generator(logits), loss.encoder(logits));
  },
};

const ali = defineGan({
  kind: 'categorical-ali',
  label: 'Categorical ALI',
  summary: 'Known to a test alone.',
  paper: {
    title: 'Dumoulin et al. 2016, Adversarially Learned Inference',
    url: 'https://arxiv.org/abs/1606.00704',
  },
  explanation: { discriminator: 'D', generator: 'G and E', pseudocode: ['one'] },
  recommends: { loss: { kind: 'non-saturating', options: {} }, stabilisers: [] },
  options: z.object({}),
  meanings: ['logit'],
  sources: ({ z: latent }) => ({
    real: { kind: 'images' },
    z: { kind: 'latent', size: 6, distribution: latent.distribution },
    kind: { kind: 'latent', size: KINDS, distribution: 'one-hot' },
  }),
  game: ({ inputs: { real, z: latent, kind }, run }) => ({
    reals: () => ({ image: real!, ...run('reader', { image: real! }) }),
    fakes: () => ({ image: run('maker', { z: latent!, kind: kind! })['image']!, z: latent!, kind: kind! }),
    judge: (subject) => run('critic', subject),
  }),
  phases: [criticTurn, jointTurn],
  uses: [
    { use: 'generate', label: 'Make images', networks: ['maker'], gives: ['image'] },
    { use: 'encode', label: 'Find points', networks: ['reader'], gives: ['z', 'kind'] },
    { use: 'rebuild', label: 'Rebuild', networks: ['reader', 'maker'], gives: ['image'] },
  ],
  refuses: ({ image, config }) =>
    image.size !== 28 || image.channels !== 1
      ? { message: 'Categorical ALI makes grey images of 28 pixels.', remedy: 'Choose these.' }
      : config.stabilisers.some(({ kind }) => kind === 'feature-matching')
        ? { message: 'G and E minimise D’s own loss here.', remedy: 'Switch feature matching off.' }
        : undefined,
  players: ({ nodes }) => ({
    maker: { role: 'generator', network: generator },
    reader: { role: 'encoder', network: encoder },
    critic: { role: 'discriminator', network: discriminator(nodes) },
  }),
});

beforeAll(() => (GANS as Gan[]).push(ali));
afterAll(() => (GANS as Gan[]).pop());

let folder: string | undefined;
afterEach(() => folder && fs.rmSync(folder, { recursive: true, force: true }));
const temporary = () => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-own-gan-')));

function configOf(changes: Partial<RunConfig> = {}): RunConfig {
  return completeConfig({
    ...DEFAULT_RUN_CONFIG,
    gan: { kind: ali.kind, options: {} },
    batch: 4,
    averaging: 0.9,
    ...changes,
  });
}

const with_ = (...kinds: string[]) => kinds.map((kind) => ({ kind, options: {} }));

test.each([
  ['plain', {}],
  [
    'with what changes images, penalties and bounds',
    {
      stabilisers: with_('gradient-penalty', 'r1', 'diff-augment', 'instance-noise', 'historical-averaging'),
    },
  ],
  ['packed, with spectral norm', { stabilisers: with_('packing', 'spectral-norm', 'pulling-away') }],
  ['several turns of D to one of G and E', { turns: { kind: 'several' as const, discriminator: 2 } }],
  ['two nodes', { loss: { kind: 'two-node', options: {} } }],
])('it trains compiled as op by op: %s', (_, changes) => {
  const { before, after } = takeBothWays(configOf(changes), { steps: 3 });
  for (const player of ['maker', 'reader', 'critic']) {
    const moved = Object.keys(before).filter(
      (name) =>
        name.startsWith(`weights/${player}/`) && before[name]!.values.join() !== after[name]!.values.join(),
    );
    expect(moved.length, player).toBeGreaterThan(1);
  }
});

test('maker and reader are averaged, the critic is not', () => {
  const config = configOf();
  const session = new Session(config);
  for (let step = 0; step < 3; step++) session.takeStep(noiseBatch(config, step));
  const { tensors } = session.checkpoint();
  const averaged = Object.keys(tensors).filter((name) => name.startsWith('average/'));
  expect(new Set(averaged.map((name) => name.split('/')[1]))).toEqual(new Set(['maker', 'reader']));
  expect(tensors['average/reader/mean/kernel']!.values).not.toEqual(
    tensors['weights/reader/mean/kernel']!.values,
  );
  expect(session.model.weights['reader']!['mean/kernel']!.dataSync()).toEqual(
    tensors['average/reader/mean/kernel']!.values,
  );
  session.dispose();
});

test('the encoder learns at the rate of G, whatever that of D', () => {
  const { optimizer } = DEFAULT_RUN_CONFIG;
  const still = configOf({
    optimizer: {
      ...optimizer,
      kind: 'sgd',
      options: {},
      learningRate: { discriminator: 1e-12, generator: 0.1 },
    },
  });
  const { before, after } = takeBothWays(still, { steps: 1 });
  const change = (name: string) =>
    Math.max(...after[name]!.values.map((value, at) => Math.abs(value - before[name]!.values[at]!)));
  expect(change('weights/reader/mean/kernel')).toBeGreaterThan(1e-6);
  expect(change('weights/critic/joint/kernel')).toBeLessThan(1e-9);
});

test('it goes on from a checkpoint bit for bit', () => {
  const config = configOf({ stabilisers: with_('historical-averaging', 'instance-noise') });
  const whole = new Session(config);
  for (let step = 0; step < 2; step++) whole.takeStep(noiseBatch(config, step));
  const resumed = new Session(config, whole.checkpoint());
  for (let step = 2; step < 4; step++)
    expect(resumed.takeStep(noiseBatch(config, step))).toEqual(whole.takeStep(noiseBatch(config, step)));
  expect(resumed.checkpoint()).toEqual(whole.checkpoint());
  whole.dispose();
  resumed.dispose();
});

test('points are drawn, made into images, found again, and walked between', () => {
  const config = configOf();
  const session = new Session(config);
  const { model } = session;
  expect(sizeOf(model.latent)).toBe(6 + KINDS);
  const points = drawPoints(model.latent, { seed: 3, stream: 'latent', step: 0 }, 7);
  for (let row = 0; row < 7; row++) {
    const kind = points.subarray(row * 11 + 6, (row + 1) * 11);
    expect([...kind].sort()).toEqual([0, 0, 0, 0, 1]);
  }
  const images = generate(model, points);
  expect(images).toHaveLength(7 * 28 * 28);
  expect(encode(model, images)).toHaveLength(7 * 11);
  expect(rebuild(model, images)).toEqual(generate(model, encode(model, images)));
  const { sheet, pairs } = sampleLayout(config, 64, { rebuilds: true });
  expect([sheet.rows?.slice(0, 4), pairs]).toEqual([['pictures', 'rebuilt', 'pictures', 'rebuilt'], 2]);
  session.dispose();
});

test('maker and reader are exported, and give the same numbers in plain tfjs', async () => {
  const config = configOf();
  const session = new Session(config);
  for (let step = 0; step < 3; step++) session.takeStep(noiseBatch(config, step));
  const weights = () => session.allWeights();
  const [written] = await writeExports({
    subject: subjectOf({ model: session.model, config, step: 3, weights }, ['tfjs']),
    formats: ['tfjs'],
    folder: temporary(),
    check: async () => null,
  });
  expect(written!.files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['maker.json', 'maker.bin', 'reader.json', 'reader.bin']),
  );
  const [answers] = plainAnswers([written!.folder]);
  expect(answers!.map(({ shape }) => shape)).toEqual([
    [2, 28, 28, 1],
    [2, 6],
    [2, KINDS],
  ]);
  for (const { difference, range } of answers!) {
    expect(difference).toBeLessThan(1e-4);
    expect(range).toBeGreaterThan(1e-4);
  }
  session.dispose();
});

test('the inspector walks every player, and moves the two together', async () => {
  const config = configOf();
  const session = new Session(config);
  session.takeStep(noiseBatch(config, 0));
  const inspector = new Inspector({
    source: {
      config,
      rules: rulesOf(config),
      step: () => session.step,
      snapshot: () => session.snapshot(),
      dataset: () => datasetOf(config),
    },
    openData: () => Promise.reject(new Error('its data set is open')),
  });
  const trace = await inspector.trace({ phase: 'maker and reader', image: 1 });
  expect(moversOf(trace)).toBe('G and E');
  const byNetwork = (name: string) => trace.passes.filter(({ network }) => network === name);
  for (const name of ['maker', 'reader']) {
    const [pass] = byNetwork(name);
    expect(pass?.moves, name).toBe(true);
    expect(pass!.layers.some(({ weights }) => weights.some(({ gradientNorm }) => gradientNorm! > 0))).toBe(
      true,
    );
  }
  expect(byNetwork('critic').map(({ on, moves }) => [on, moves])).toEqual(
    expect.arrayContaining([
      ['real', false],
      ['fake', false],
    ]),
  );
  expect(trace.logitGradients.map(({ on }) => on).sort()).toEqual(['fake', 'real']);
  const both = await inspector.move({ image: 1, mover: 'maker and reader' });
  expect(new Set(both.moved.map(({ network }) => network))).toEqual(new Set(['maker', 'reader']));
  const all = await inspector.move({ image: 1, mover: ALL_PHASES });
  expect(new Set(all.moved.map(({ network }) => network))).toEqual(new Set(['maker', 'reader', 'critic']));
  await expect(inspector.move({ image: 1, mover: 'nobody' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  inspector.dispose();
  session.dispose();
});

test('it is refused where it should be, and listed with who moves when', () => {
  const { dataset } = DEFAULT_RUN_CONFIG;
  const refusalOf = (changes: Partial<RunConfig>) => {
    try {
      configOf(changes);
      return undefined;
    } catch (error) {
      return error as { code: string; message: string };
    }
  };
  expect(refusalOf({ dataset: { ...dataset, options: { ...dataset.options, size: 32 } } })).toMatchObject({
    code: 'senseless',
    message: 'Categorical ALI makes grey images of 28 pixels.',
  });
  expect(refusalOf({ loss: { kind: 'margin', options: {} } })?.message).toContain('an energy');
  expect(refusalOf({ loss: { kind: 'hinge', options: {} } })?.code).toBe('senseless');
  expect(refusalOf({ stabilisers: with_('feature-matching') })?.code).toBe('senseless');
  expect(refusalOf({ stabilisers: with_('virtual-batch-norm') })?.code).toBe('senseless');
  const entry = catalogue().gans.find(({ kind }) => kind === ali.kind);
  expect(entry?.phases.map(moversOf)).toEqual(['D', 'G and E']);
  expect(entry?.uses.map(({ use }) => use)).toEqual(['generate', 'encode', 'rebuild']);
});

/** A data set of noise, as a stream of batches. */
function datasetOf(config: RunConfig) {
  return {
    summary: { classes: [] },
    stream: () => ({ take: async (step: number) => noiseBatch(config, step), close: () => undefined }),
    close: () => undefined,
  } as never;
}
