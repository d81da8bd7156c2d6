/**
 * TensorFlow.js: a layers model with a README, a page that runs it, and known images to check another runtime
 * against.
 */
import fs from 'node:fs';
import path from 'node:path';
import examplePage from './tfjs-example/index.html?raw';
import exampleScript from './tfjs-example/example.js?raw';
import {
  drawPoints,
  generate,
  imageShapeOf,
  playerIn,
  partsOf as latentTensors,
  useOf,
  type Model,
} from '../explore/index.ts';
import { forward, prunedTo, type Network } from '../layers/index.ts';
import { diskFailure, freeFolder, realDisk, safeName } from '../runs/index.ts';
import { browserBundle, tensorOf, tf, type Tensors } from '../tensor.ts';
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
      removeQuietly(unfinished);
      throw diskFailure(error, folder);
    }
    const files = fs
      .readdirSync(folder)
      .map((name) => ({ name, bytes: fs.statSync(path.join(folder, name)).size }));
    return { folder, files };
  },
};

/** What could not be written may not be removable either; the first error is the one to tell. */
function removeQuietly(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // The name says that it is unfinished.
  }
}

function contents(request: ExportRequest): Record<string, string | Uint8Array> {
  const { model, config, step } = request;
  const parts = partsOf(model);
  const about = {
    madeBy: 'GAN Studio',
    name: config.name,
    steps: step,
    latent: model.latent,
    classes: config.classes,
    image: imageOf(request),
    uses: model.uses,
    models: Object.fromEntries(parts.map(({ player, names }) => [player, names.model])),
  };
  return {
    ...Object.fromEntries(parts.flatMap((part) => Object.entries(modelFiles(part)))),
    'check.json': JSON.stringify({ models: knownAnswers(request, parts) }),
    'generator.json': `${JSON.stringify(about, null, 2)}\n`,
    'README.md': tfjsReadme({ config, step, image: imageOf(request), model, parts }),
    'index.html': examplePage,
    'example.js': exampleScript,
    'tf.min.js': fs.readFileSync(browserBundle()),
  };
}

/** A network of the model, with the outputs that its uses need, and the files that hold it. */
export type ExportedPart = {
  player: string;
  network: Network;
  weights: Tensors;
  names: { model: string; weights: string };
};

/** What generates first; further networks bear their player's name. */
function partsOf(model: Model): ExportedPart[] {
  const [generator] = useOf(model, 'generate')?.networks.slice(-1) ?? [];
  const rest = Object.keys(model.networks).filter((player) => player !== generator);
  return [...(generator === undefined ? [] : [generator]), ...rest].map((player) => {
    const { network, weights } = playerIn(model, player);
    return {
      player,
      network: prunedTo(network, outputsOf(model, player)),
      weights,
      names:
        player === generator
          ? { model: 'model.json', weights: 'weights.bin' }
          : { model: `${player}.json`, weights: `${player}.bin` },
    };
  });
}

/** What the model's uses take of a network. */
function outputsOf(model: Model, player: string): string[] {
  const taken = model.uses.flatMap(({ networks: chain, gives }) => {
    if (!chain.includes(player)) return [];
    const next = chain[chain.indexOf(player) + 1];
    return next === undefined ? gives : Object.keys(playerIn(model, next).network.inputs);
  });
  return [...new Set(taken)];
}

/** A model's topology and its weights, as tf.loadLayersModel wants them. */
export function modelFiles({
  player,
  network,
  weights,
  names,
}: ExportedPart): Record<string, string | Uint8Array> {
  const topology = kerasTopology(network, player);
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
    [names.model]: JSON.stringify({
      format: 'layers-model',
      generatedBy: 'GAN Studio',
      convertedBy: null,
      modelTopology: {
        keras_version: '2.12.0',
        backend: 'tensorflow',
        model_config: { class_name: 'Functional', config: topology.config },
      },
      weightsManifest: [{ paths: [names.weights], weights: values.map(({ manifest }) => manifest) }],
    }),
    [names.weights]: Buffer.concat(
      values.map(({ numbers }) => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)),
    ),
  };
}

/**
 * Of every model, inputs by name and what the app makes of them: [row][number] each. What generates is fed
 * drawn points; the others, the images that it made.
 */
function knownAnswers({ model, config }: ExportRequest, parts: ExportedPart[]) {
  const points = drawPoints(model.latent, { seed: config.seed, stream: 'fixedZ', step: 0 }, CHECKED_IMAGES);
  const classes = Array.from({ length: CHECKED_IMAGES }, (_, index) => index);
  return tf.tidy(() => {
    const image = tf.tensor(generate(model, points, classes), [CHECKED_IMAGES, ...imageShapeOf(model)]);
    const given: Tensors = { ...latentTensors(model.latent, points), image };
    if (config.classes.length > 0)
      given['class'] = tf.oneHot(tf.tensor1d(classes, 'int32'), config.classes.length).toFloat();
    return parts.map(({ network, weights, names }) => {
      const inputs = Object.fromEntries(
        Object.keys(network.inputs).map((name) => [name, tensorOf(given, name)]),
      );
      const { outputs } = forward({ network, weights, inputs, mode: 'inference' });
      return { ...names, inputs: rowsOf(inputs), outputs: rowsOf(outputs) };
    });
  });
}

/** [row][number] of tensors by name. */
function rowsOf(tensors: Tensors): Record<string, number[][]> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      tf.reshape(tensor, [CHECKED_IMAGES, -1]).arraySync() as number[][],
    ]),
  );
}

function imageOf({ model }: ExportRequest) {
  const [size, , channels] = imageShapeOf(model);
  return { size, channels };
}

function freshFolder({ config, step, folder }: ExportRequest): string {
  const words = `${safeName(config.name)} step ${step} tfjs`
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  return freeFolder(path.resolve(folder), words.join('-'));
}
