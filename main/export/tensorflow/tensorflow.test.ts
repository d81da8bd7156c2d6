/**
 * SavedModels compute the same in libtensorflow, and graph models in plain TensorFlow.js, for any number of
 * rows.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  reconstructionError,
  forward,
  portableNetwork,
  type Network,
  type Numbers,
} from '../../layers/index.ts';
import { fill, plainAnswers, type PlainAnswer } from '../../reference/index.ts';
import { tf, type Tensor, type Tensors } from '../../tensor.ts';
import { parseCheckFile, TOLERANCE } from '../../export-checks/index.ts';
import type { Exporter, ExportSubject } from '../exporter.ts';
import { SUBJECTS, subjectNamed } from '../../bench/export-subjects.ts';
import { savedmodel, tfjs } from './index.ts';

const NAMES = [...SUBJECTS, 'comparison'];

let folder = '';
let answers: PlainAnswer[][] = [];
const place = (format: string, name: string) => path.join(folder, `${format}-${NAMES.indexOf(name)}`);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-tensorflow-'));
  fs.symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'junction');
  for (const name of NAMES) {
    const subject = name === 'comparison' ? comparison() : subjectNamed(name);
    await write(place('savedmodel', name), savedmodel, subject);
    await write(place('tfjs', name), tfjs, subject);
  }
  answers = plainAnswers(NAMES.map((name) => place('tfjs', name)));
}, 120_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function write(to: string, exporter: Exporter, subject: ExportSubject): Promise<void> {
  for (const [file, content] of Object.entries(await exporter.files(subject, { layout: 'NCHW' }))) {
    fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    fs.writeFileSync(path.join(to, file), content);
  }
}

/**
 * A network with two inputs of one shape, an output named like an input, and names that TensorFlow does not
 * accept.
 */
function comparison(): ExportSubject {
  const network: Network = {
    inputs: { 'picture': [3, 2, 2], 'made anew?': [3, 2, 2] },
    layers: [reconstructionError('distance?', {}, 'picture', 'made anew?')],
    outputs: { distance: 'distance?', picture: 'picture' },
  };
  const { nodes, ...rest } = portableNetwork(network, {});
  const inputs = { 'picture': fill([2, 3, 2, 2], 0), 'made anew?': fill([2, 3, 2, 2], 1) };
  const { outputs } = forward({ network, weights: {}, inputs, mode: 'inference' });
  const numbers = (tensors: Tensors): Record<string, Numbers> =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => [
        name,
        { shape: tensor.shape, values: tensor.dataSync<'float32'>() },
      ]),
    );
  return {
    ...subjectNamed('mlp'),
    networks: [
      {
        name: 'comparison',
        network: { nodes, ...rest },
        known: { inputs: numbers(inputs), outputs: numbers(outputs) },
      },
    ],
  };
}

/** The rows, followed by the first of them again. */
const longer = (rows: Tensor) => tf.concat([rows, tf.slice(rows, 0, 1)]);

test.each(NAMES)('the SavedModel of %s computes the same in libtensorflow', async (name) => {
  const at = place('savedmodel', name);
  const check = parseCheckFile(fs.readFileSync(path.join(at, 'check.json'), 'utf8'));
  expect(check.layout).toBe('NHWC');
  for (const { file, inputs, outputs } of check.networks) {
    const model = await tf.node.loadSavedModel(path.join(at, file));
    const given = Object.fromEntries(
      Object.entries(inputs).map(([input, { shape, values }]) => [input, tf.tensor(values, shape)]),
    );
    const more = Object.fromEntries(Object.entries(given).map(([input, rows]) => [input, longer(rows)]));
    const [two, three] = [given, more].map((rows) => model.predict(rows) as Tensors);
    expect(Object.keys(two!).sort()).toEqual(Object.keys(outputs).sort());
    for (const [output, { shape, values }] of Object.entries(outputs)) {
      const known = tf.tensor(values, shape);
      expect(two![output]!.shape).toEqual(shape);
      expect(difference(two![output]!, known)).toBeLessThan(TOLERANCE);
      expect(difference(three![output]!, longer(known))).toBeLessThan(TOLERANCE);
    }
    model.dispose();
  }
});

const difference = (one: Tensor, other: Tensor): number =>
  tf
    .max(tf.abs(tf.sub(one, other)))
    .dataSync()
    .at(0)!;

test.each(NAMES)('the graph models of %s compute the same in plain TensorFlow.js', (name) => {
  const found = answers[NAMES.indexOf(name)]!;
  const check = parseCheckFile(fs.readFileSync(path.join(place('tfjs', name), 'check.json'), 'utf8'));
  expect(found.map(({ shape }) => shape)).toEqual(
    check.networks.flatMap(({ outputs }) => Object.values(outputs).map(({ shape }) => shape)),
  );
  for (const one of found) {
    expect(one.difference).toBeLessThan(TOLERANCE);
    expect(one.range).toBeGreaterThan(1e-4);
  }
});

test.each(['conditional', 'mlp, uniform z', 'mlp, points of the plane'])(
  'the example of %s runs in Node',
  (name) => {
    const { size, channels } = subjectNamed(name).image;
    const printed = execFileSync('node', ['example.mjs'], {
      cwd: place('tfjs', name),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(printed).toContain(`made [ 4, ${size}, ${size}, ${channels} ] with numbers from -`);
  },
);

test('the READMEs of both folders say what they hold, and about.json says it to programs', () => {
  const list = (format: string) => fs.readdirSync(place(format, 'bigan')).sort();
  expect(list('savedmodel')).toEqual(['README.md', 'check.json', 'encoder', 'example.py', 'generator']);
  const models = ['encoder.bin', 'encoder.json', 'example.mjs', 'generator.bin', 'generator.json'];
  expect(list('tfjs')).toEqual(['README.md', 'about.json', 'check.json', ...models]);
  const read = (name: string) =>
    fs.readFileSync(path.join(place('tfjs', 'conditional, 32 px'), name), 'utf8');
  expect(JSON.parse(read('about.json'))).toMatchObject({
    name: 'Löwen & "Bären"',
    steps: 10,
    latent: [{ name: 'z', distribution: 'normal' }],
    classes: ['cats', 'dogs', 'owls'],
    image: { size: 32, channels: 3 },
    networks: [
      {
        model: 'generator.json',
        weights: 'generator.bin',
        inputs: { class: [3] },
        outputs: { image: [32, 32, 3] },
      },
    ],
  });
  expect(read('README.md')).toContain('const images = model.predict({ z, "class": kind });');
});
