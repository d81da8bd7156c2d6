/**
 * TensorFlow.js: a layers model with a README, a page that runs it, and known images to check another runtime
 * against.
 */
import fs from 'node:fs';
import path from 'node:path';
import examplePage from './tfjs-example/index.html?raw';
import exampleScript from './tfjs-example/example.js?raw';
import { drawPoints, generate, sizesOf, type Generator } from '../explore/index.ts';
import { diskFailure, freeFolder, realDisk, safeName } from '../runs/index.ts';
import { browserBundle, tf } from '../tensor.ts';
import type { Exporter, ExportRequest } from './exporter.ts';
import { kerasTopology } from './keras-topology.ts';
import { tfjsReadme } from './tfjs-readme.ts';

const CHECKED_IMAGES = 2;

export const tfjs: Exporter = {
  async write(request) {
    const folder = freshFolder(request);
    const unfinished = `${folder}.unfinished`;
    try {
      fs.rmSync(unfinished, { recursive: true, force: true });
      realDisk.makeFolder(unfinished);
      for (const [name, content] of Object.entries(contents(request)))
        fs.writeFileSync(path.join(unfinished, name), content);
      fs.renameSync(unfinished, folder);
    } catch (error) {
      const failure = diskFailure(error, folder);
      fs.rmSync(unfinished, { recursive: true, force: true });
      throw failure;
    }
    const files = fs
      .readdirSync(folder)
      .map((name) => ({ name, bytes: fs.statSync(path.join(folder, name)).size }));
    return { folder, files };
  },
};

function contents(request: ExportRequest): Record<string, string | Uint8Array> {
  const { generator, config, step } = request;
  return {
    ...modelFiles(generator),
    'check.json': JSON.stringify(knownImages(request)),
    'generator.json': `${JSON.stringify({ madeBy: 'GAN Studio', name: config.name, steps: step, z: config.z, classes: config.classes, image: imageOf(request) }, null, 2)}\n`,
    'README.md': tfjsReadme({ config, step, image: imageOf(request) }),
    'index.html': examplePage,
    'example.js': exampleScript,
    'tf.min.js': fs.readFileSync(browserBundle()),
  };
}

/** model.json and weights.bin, as tf.loadLayersModel wants them. */
export function modelFiles({ network, weights }: Generator): {
  'model.json': string;
  'weights.bin': Uint8Array;
} {
  const topology = kerasTopology(network, 'generator');
  const values = tf.tidy(() =>
    topology.weights.map(({ keras, value }) => {
      const weight = value(weights);
      return {
        manifest: { name: keras, shape: weight.shape, dtype: 'float32' },
        numbers: weight.dataSync<'float32'>(),
      };
    }),
  );
  return {
    'model.json': JSON.stringify({
      format: 'layers-model',
      generatedBy: 'GAN Studio',
      convertedBy: null,
      modelTopology: {
        keras_version: '2.12.0',
        backend: 'tensorflow',
        model_config: { class_name: 'Functional', config: topology.config },
      },
      weightsManifest: [{ paths: ['weights.bin'], weights: values.map(({ manifest }) => manifest) }],
    }),
    'weights.bin': Buffer.concat(
      values.map(({ numbers }) => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)),
    ),
  };
}

/**
 * z, the class where there are classes, and the images that the app makes of it, [image][number], rows of
 * [size, size, channels] in [-1, 1].
 */
function knownImages({ generator, config }: ExportRequest) {
  const points = drawPoints(config.z, { seed: config.seed, stream: 'fixedZ', step: 0 }, CHECKED_IMAGES);
  const classes = Array.from({ length: CHECKED_IMAGES }, (_, index) => index);
  const numbers = generate(generator, points, classes);
  const part = (values: Float32Array, index: number) =>
    Array.from(
      values.subarray(
        (index * values.length) / CHECKED_IMAGES,
        ((index + 1) * values.length) / CHECKED_IMAGES,
      ),
    );
  const each = (values: Float32Array) =>
    Array.from({ length: CHECKED_IMAGES }, (_, index) => part(values, index));
  return { z: each(points), ...(config.classes.length > 0 ? { classes } : {}), images: each(numbers) };
}

function imageOf({ generator: { network } }: ExportRequest) {
  const {
    imageShape: [size, , channels],
  } = sizesOf(network);
  return { size, channels };
}

function freshFolder({ config, step, folder }: ExportRequest): string {
  const words = `${safeName(config.name)} step ${step} tfjs`
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  return freeFolder(path.resolve(folder), words.join('-'));
}
