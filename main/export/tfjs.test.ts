import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { randomUniform } from '../random.ts';
import { plainAnswers } from '../reference/index.ts';
import { Session } from '../training/session.ts';
import { EXPORTERS } from './index.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-export-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const config = (size: 28 | 32 | 64 | 128, colour: 'grey' | 'rgb', gan = 'dcgan'): RunConfig => ({
  ...DEFAULT_RUN_CONFIG,
  classes: gan === 'conditional' ? ['cats', 'dogs', 'owls'] : [],
  name: 'Löwen & "Bären"',
  batch: 4,
  gan: { kind: gan, options: { width: 4 } },
  optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, learningRate: { discriminator: 0.02, generator: 0.02 } },
  dataset: {
    ...DEFAULT_RUN_CONFIG.dataset,
    options: { ...DEFAULT_RUN_CONFIG.dataset.options, size, colour },
  },
});

test.each([
  ['dcgan', 28, 'grey', 1],
  ['dcgan', 64, 'rgb', 3],
  ['small-data', 28, 'grey', 1],
  ['small-data', 32, 'rgb', 3],
  ['conditional', 28, 'grey', 1],
] as const)(
  'the exported generator of %s, %i pixels, %s, makes the same images in plain tfjs',
  async (gan, size, colour, channels) => {
    const session = new Session(config(size, colour, gan));
    const numbers = session.config.batch * size * size * channels;
    for (let step = 0; step < 10; step++)
      session.takeStep({
        images: randomUniform({ seed: 1, stream: 'order', step }, numbers),
        classes: [0, 1, 2, 0],
      });
    const { folder: exported, files } = await EXPORTERS.tfjs.write({
      model: session.model,
      config: session.config,
      step: 10,
      folder,
    });
    expect(path.basename(exported)).toBe('löwen-bären-step-10-tfjs');
    expect(files.map(({ name }) => name)).toEqual([
      'README.md',
      'check.json',
      'example.js',
      'generator.json',
      'index.html',
      'model.json',
      'tf.min.js',
      'weights.bin',
    ]);
    const [answer, ...others] = plainAnswers(exported);
    expect(others).toEqual([]);
    expect(answer!.shape).toEqual([2, size, size, channels]);
    expect(answer!.difference).toBeLessThan(1e-4);
    expect(answer!.range).toBeGreaterThan(0.1);
    session.dispose();
  },
);

test.each([
  ['bigan', 'encoder', [2, 100]],
  ['ebgan', 'discriminator', [2, 28, 28, 1]],
])(
  'the export of a %s has the network of its other uses, the %s, which makes the same numbers in plain tfjs',
  async (gan, other, shape) => {
    const settings = config(28, 'grey', gan);
    const session = new Session({
      ...settings,
      ...(gan === 'ebgan' && { loss: { kind: 'margin', options: {} } }),
    });
    for (let step = 0; step < 10; step++)
      session.takeStep({ images: randomUniform({ seed: 1, stream: 'order', step }, 4 * 28 * 28) });
    const { folder: exported, files } = await EXPORTERS.tfjs.write({
      model: session.model,
      config: session.config,
      step: 10,
      folder,
    });
    session.dispose();
    const names = files.map(({ name }) => name);
    for (const name of ['model.json', 'weights.bin', `${other}.json`, `${other}.bin`])
      expect(names).toContain(name);
    const answers = plainAnswers(exported);
    expect(answers.map((answer) => answer.shape)).toEqual([[2, 28, 28, 1], shape]);
    for (const answer of answers) {
      expect(answer.difference).toBeLessThan(1e-4);
      expect(answer.range).toBeGreaterThan(0.01);
    }
    const readme = fs.readFileSync(path.join(exported, 'README.md'), 'utf8');
    expect(readme).toContain(`${other}.json`);
  },
);

test('a second export does not overwrite the first', async () => {
  const session = new Session(config(28, 'grey'));
  const request = { model: session.model, config: session.config, step: 0, folder };
  const [first, second] = [await EXPORTERS.tfjs.write(request), await EXPORTERS.tfjs.write(request)];
  expect(second.folder).toBe(`${first.folder} 2`);
  expect(fs.readdirSync(folder).sort()).toEqual([path.basename(first.folder), path.basename(second.folder)]);
  session.dispose();
});

test('a file in the place of the folder is told in words', async () => {
  const file = path.join(folder, 'file');
  fs.writeFileSync(file, '');
  const session = new Session(config(28, 'grey'));
  await expect(
    EXPORTERS.tfjs.write({ model: session.model, config: session.config, step: 0, folder: file }),
  ).rejects.toMatchObject({
    code: 'not-written',
    message: expect.stringMatching(/: a part of its path is a file, not a folder\.$/) as string,
  });
  session.dispose();
});

test('a generator that is told a class, and one of points, say in the export how to use them', async () => {
  const plane: RunConfig['dataset'] = {
    ...DEFAULT_RUN_CONFIG.dataset,
    source: { kind: 'points', points: STUDY_POINTS.ring },
  };
  const runs: RunConfig[] = [
    config(28, 'grey', 'conditional'),
    { ...config(28, 'grey', 'mlp'), dataset: plane },
  ];
  const written = runs.map(async (settings) => {
    const session = new Session(settings);
    const { folder: exported } = await EXPORTERS.tfjs.write({
      model: session.model,
      config: settings,
      step: 0,
      folder,
    });
    session.dispose();
    const read = (name: string) => fs.readFileSync(path.join(exported, name), 'utf8');
    return { about: JSON.parse(read('generator.json')) as unknown, readme: read('README.md') };
  });
  const [told, points] = await Promise.all(written);
  expect(told!.about).toMatchObject({ classes: ['cats', 'dogs', 'owls'], image: { size: 28, channels: 1 } });
  expect(told!.readme).toContain('const kind = tf.oneHot([0], 3).toFloat(); // [batch, 3]; 0 is "cats"');
  expect(told!.readme).toContain('model.predict([z, kind])');
  expect(points!.about).toMatchObject({ classes: [], image: { size: 1, channels: 2 } });
  expect(points!.readme).toContain('const [x, y] = await model.predict(z).data();');
});
