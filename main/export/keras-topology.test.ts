import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { StudioError } from '../contract/index.ts';
import { generate } from '../explore/index.ts';
import { GENERATE } from '../gans/one-against-one.ts';
import {
  activation,
  add,
  averagePool,
  concat,
  conv,
  dense,
  dropout,
  forward,
  globalAveragePool,
  groupNorm,
  initialWeights,
  layerNorm,
  multiply,
  noise,
  pixelShuffle,
  reshape,
  transposedConv,
  upsample,
  upsampleConv,
  type Network,
} from '../layers/index.ts';
import { fill, plainAnswers } from '../reference/index.ts';
import { seedTensor, stepRandom } from '../step-random.ts';
import { tf, type Tensors } from '../tensor.ts';
import { kerasTopology } from './keras-topology.ts';
import { modelFiles } from './tfjs.ts';

const network: Network = {
  inputs: { z: [6] },
  layers: [
    dense('start', { units: 64, bias: true, spectralNorm: 1 }),
    layerNorm('start-norm', {}),
    activation('start-swish', { function: 'swish' }),
    dropout('drop', { rate: 0.5 }),
    reshape('picture', { shape: [4, 4, 4] }),
    upsample('larger', { factor: 2 }),
    conv('inner', { filters: 4, kernel: 3, stride: 1, bias: true, spectralNorm: 1 }),
    layerNorm('inner-norm', {}),
    activation('inner-elu', { function: 'elu' }),
    noise('shaken', { scale: 0.5 }),
    add('residual', {}, 'shaken', 'larger'),
    globalAveragePool('glance', {}, 'picture'),
    dense('gates', { units: 4, bias: true }),
    multiply('excited', {}, 'residual', 'gates'),
    averagePool('smaller', { factor: 2 }, 'excited'),
    concat('both', {}, 'smaller', 'picture'),
    pixelShuffle('shuffled', { factor: 2 }),
    conv('cut', { filters: 3, kernel: 3, stride: 1, bias: true, padding: 'valid' }),
    averagePool('gate-picture', { factor: 6 }),
    multiply('gated', {}, 'cut', 'gate-picture'),
    upsampleConv('twice', { filters: 3, bias: true, spectralNorm: 1.4 }),
    transposedConv('to-image', { filters: 3, kernel: 4, stride: 2, bias: true, spectralNorm: 2 }),
    activation('image', { function: 'tanh' }),
  ],
  outputs: { image: 'image' },
};

/** Weights that are neither 0 nor 1 anywhere, after one pass in training. */
function someWeights(): Tensors {
  const first = initialWeights(network, { seed: 1, firstStep: 0 });
  const weights = Object.fromEntries(
    Object.entries(first).map(([name, weight], index) => [name, fill(weight.shape, index, 1)]),
  );
  const random = stepRandom(seedTensor({ seed: 1, stream: 'step', step: 0 }));
  const { statistics } = forward({
    network,
    weights,
    inputs: { z: fill([2, 6], 0) },
    mode: 'training',
    random,
  });
  return { ...weights, ...statistics };
}

test('a network of all layers that Keras has makes the same numbers in plain tfjs', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-keras-'));
  const weights = someWeights();
  const names = { model: 'model.json', weights: 'weights.bin' };
  const points = fill([2, 6], 1, 1).dataSync<'float32'>();
  const images = generate(
    {
      uses: [GENERATE],
      latent: [{ name: 'z', size: 6, distribution: 'normal' }],
      networks: { generator: network },
      weights: { generator: weights },
    },
    points,
  );
  const rows = (numbers: Float32Array) =>
    [numbers.slice(0, numbers.length / 2), numbers.slice(numbers.length / 2)].map((row) => Array.from(row));
  const check = { models: [{ ...names, inputs: { z: rows(points) }, outputs: { image: rows(images) } }] };
  for (const [name, content] of Object.entries({
    ...modelFiles({ player: 'generator', network, weights, names }),
    'check.json': JSON.stringify(check),
  }))
    fs.writeFileSync(path.join(folder, name), content);
  const [answer, ...others] = plainAnswers(folder);
  fs.rmSync(folder, { recursive: true, force: true });
  expect(others).toEqual([]);
  expect(answer!.shape).toEqual([2, 24, 24, 3]);
  expect(answer!.difference).toBeLessThan(1e-5);
  expect(answer!.range).toBeGreaterThan(0.1);
});

test('the exported kernel of a spectrally normalised layer has been divided by its largest singular value', () => {
  const one: Network = {
    inputs: { z: [2] },
    layers: [dense('only', { units: 2, bias: false, spectralNorm: 1 })],
    outputs: { image: 'only' },
  };
  const [kernel] = kerasTopology(one, 'generator').weights;
  const exported = kernel!.value({
    'only/kernel': tf.tensor2d([3, 0, 0, 1], [2, 2]),
    'only/u': tf.tensor1d([1, 0]),
  });
  expect(Array.from(exported.dataSync())).toEqual([1, 0, 0, Math.fround(1 / 3)]);
});

test('a layer that Keras has not is refused by name, with a remedy', () => {
  const grouped: Network = {
    inputs: { z: [4, 4, 4] },
    layers: [groupNorm('late-norm', { groups: 2 })],
    outputs: { image: 'late-norm' },
  };
  const refusal = (() => {
    try {
      return kerasTopology(grouped, 'generator');
    } catch (error) {
      return error;
    }
  })();
  expect(refusal).toBeInstanceOf(StudioError);
  expect(refusal).toMatchObject({
    code: 'no-keras-layer',
    message: expect.stringContaining('"late-norm"') as string,
    remedy: expect.stringContaining('Batch and layer normalisation') as string,
  });
});
