import { describe, expect, test } from 'vitest';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { tf } from '../tensor.ts';
import {
  activation,
  add,
  averagePool,
  batchNorm,
  concat,
  conv,
  dense,
  forward,
  globalAveragePool,
  groupNorm,
  instanceNorm,
  layerNorm,
  minibatchDeviation,
  minibatchDiscrimination,
  multiply,
  pixelShuffle,
  reconstructionError,
  shapesOf,
  transposedConv,
  upsample,
  virtualBatchNorm,
} from './index.ts';
import { expectLike, networkOf, firstStatistics, type Case, type Fixture } from './test-layer.ts';

const [picture, small, wide] = [fill([2, 4, 4, 3], 0), fill([2, 4, 4, 2], 0), fill([2, 2, 2, 4], 0)];
const affine = { scale: fill([4], 1), offset: fill([4], 2) };
const { layers } = pytorch;

const strided = { filters: 2, kernel: 4, stride: 2, bias: false };
const cases: [string, Case, Fixture][] = [
  [
    'dense',
    {
      layer: (name) => dense(name, { units: 3, bias: true }),
      inputs: [fill([2, 5], 0)],
      weights: { kernel: fill([5, 3], 1), bias: fill([3], 2) },
    },
    layers.dense,
  ],
  [
    'convolution',
    { layer: (name) => conv(name, strided), inputs: [picture], weights: { kernel: fill([4, 4, 3, 2], 1) } },
    layers.conv,
  ],
  [
    'convolution with a bias',
    {
      layer: (name) => conv(name, { ...strided, bias: true }),
      inputs: [small],
      weights: { kernel: fill([4, 4, 2, 2], 1), bias: fill([2], 2) },
    },
    layers.convWithBias,
  ],
  [
    'convolution without padding',
    {
      layer: (name) => conv(name, { filters: 2, kernel: 3, stride: 1, bias: false, padding: 'valid' }),
      inputs: [small],
      weights: { kernel: fill([3, 3, 2, 2], 1) },
    },
    layers.validConv,
  ],
  [
    'transposed convolution',
    {
      layer: (name) => transposedConv(name, strided),
      inputs: [picture],
      weights: { kernel: fill([4, 4, 2, 3], 1) },
    },
    layers.transposedConv,
  ],
  [
    'batch normalisation',
    {
      layer: (name) => batchNorm(name, {}),
      inputs: [picture],
      weights: { scale: fill([3], 1), offset: fill([3], 2) },
    },
    layers.batchNorm,
  ],
  [
    'group normalisation',
    { layer: (name) => groupNorm(name, { groups: 2 }), inputs: [wide], weights: affine },
    layers.groupNorm,
  ],
  [
    'instance normalisation',
    { layer: (name) => instanceNorm(name, {}), inputs: [wide], weights: affine },
    layers.instanceNorm,
  ],
  [
    'layer normalisation',
    { layer: (name) => layerNorm(name, {}), inputs: [wide], weights: affine },
    layers.layerNorm,
  ],
  [
    'layer normalisation of vectors',
    { layer: (name) => layerNorm(name, {}), inputs: [fill([3, 4], 0)], weights: affine },
    layers.layerNormOfVectors,
  ],
  ['relu', { layer: (name) => activation(name, { function: 'relu' }), inputs: [small] }, layers.relu],
  [
    'leaky relu',
    { layer: (name) => activation(name, { function: 'leaky-relu', slope: 0.2 }), inputs: [small] },
    layers.leakyRelu,
  ],
  ['tanh', { layer: (name) => activation(name, { function: 'tanh' }), inputs: [small] }, layers.tanh],
  [
    'sigmoid',
    { layer: (name) => activation(name, { function: 'sigmoid' }), inputs: [small] },
    layers.sigmoid,
  ],
  ['elu', { layer: (name) => activation(name, { function: 'elu' }), inputs: [small] }, layers.elu],
  ['swish', { layer: (name) => activation(name, { function: 'swish' }), inputs: [small] }, layers.swish],
  ['upsampling', { layer: (name) => upsample(name, { factor: 2 }), inputs: [wide] }, layers.upsample],
  [
    'average pooling',
    { layer: (name) => averagePool(name, { factor: 2 }), inputs: [small] },
    layers.averagePool,
  ],
  [
    'global average pooling',
    { layer: (name) => globalAveragePool(name, {}), inputs: [wide] },
    layers.globalAveragePool,
  ],
  [
    'pixel shuffle',
    { layer: (name) => pixelShuffle(name, { factor: 2 }), inputs: [wide] },
    layers.pixelShuffle,
  ],
  [
    'the sum of three',
    {
      layer: (name, ...inputs) => add(name, {}, ...inputs),
      inputs: [wide, fill([2, 2, 2, 4], 1), fill([2, 2, 2, 4], 2)],
    },
    layers.add,
  ],
  [
    'the product with a picture of one pixel',
    { layer: (name, ...inputs) => multiply(name, {}, ...inputs), inputs: [wide, fill([2, 1, 1, 4], 1)] },
    layers.multiply,
  ],
  [
    'the product with a vector',
    { layer: (name, ...inputs) => multiply(name, {}, ...inputs), inputs: [wide, fill([2, 4], 1)] },
    layers.multiplyByVector,
  ],
  [
    'channels side by side',
    {
      layer: (name, ...inputs) => concat(name, {}, ...inputs),
      inputs: [fill([2, 2, 2, 1], 0), fill([2, 2, 2, 2], 1)],
    },
    layers.concat,
  ],
  [
    'the error of a rebuilt picture',
    {
      layer: (name, ...inputs) => reconstructionError(name, {}, ...inputs),
      inputs: [wide, fill([2, 2, 2, 4], 1)],
    },
    layers.reconstructionError,
  ],
  [
    'minibatch discrimination',
    {
      layer: (name) => minibatchDiscrimination(name, { kernels: 3, dimensions: 2 }),
      inputs: [fill([4, 5], 0)],
      weights: { kernel: fill([5, 6], 1) },
    },
    layers.minibatchDiscrimination,
  ],
  [
    'minibatch deviation',
    {
      layer: (name) => minibatchDeviation(name, { groupSize: 2 }),
      inputs: [tf.reshape(wide, [4, 2, 2, 2])],
    },
    layers.minibatchDeviation,
  ],
  [
    'virtual batch normalisation',
    {
      layer: (name) => virtualBatchNorm(name, { rows: 2 }),
      inputs: [fill([5, 2, 2, 4], 0)],
      weights: affine,
    },
    layers.virtualBatchNorm,
  ],
  [
    'virtual batch normalisation of vectors',
    { layer: (name) => virtualBatchNorm(name, { rows: 2 }), inputs: [fill([5, 4], 0)], weights: affine },
    layers.virtualBatchNormOfVectors,
  ],
];

describe('layers equal PyTorch in value, gradient and, where they have one, second-order gradient', () => {
  test.each(cases)('%s', (_, given, reference) => expectLike(given, reference));

  test.each(cases)('%s has the shape that it says', (_, given, reference) => {
    const network = networkOf(given);
    const size = shapesOf(network)['layer']!.reduce(
      (product, dimension) => product * dimension,
      given.inputs[0]!.shape[0]!,
    );
    expect(size).toBe(reference.output.length);
  });
});

describe('batch normalisation', () => {
  const layer = (name: string) => batchNorm(name, {});
  const network = networkOf({ layer, inputs: [picture] });
  const weights = () => ({
    ...firstStatistics(network),
    'layer/scale': fill([3], 1),
    'layer/offset': fill([3], 2),
  });

  test('running statistics move as in PyTorch', () => {
    const { statistics } = forward({
      network,
      weights: weights(),
      inputs: { x0: picture },
      mode: 'training',
    });
    expectClose(statistics['layer/mean']!, pytorch.layers.batchNorm.mean);
    expectClose(statistics['layer/variance']!, pytorch.layers.batchNorm.variance);
  });

  test('in inference it uses the running statistics and moves nothing', () => {
    const moved = {
      ...weights(),
      'layer/mean': tf.tensor1d([1, 2, 3]),
      'layer/variance': tf.tensor1d([4, 9, 16]),
    };
    const { outputs, statistics } = forward({
      network,
      weights: moved,
      inputs: { x0: picture },
      mode: 'inference',
    });
    const [x, scale, offset] = [picture, fill([3], 1), fill([3], 2)].map((tensor) => tensor.dataSync());
    const expected = Array.from(x!, (value, index) => {
      const channel = index % 3;
      return (
        ((value - [1, 2, 3][channel]!) / Math.sqrt([4, 9, 16][channel]! + 1e-5)) * scale![channel]! +
        offset![channel]!
      );
    });
    expectClose(outputs['y']!, expected);
    expect(statistics).toEqual({});
  });

  test('works on vectors too', () => {
    const x0 = fill([8, 6], 0);
    const vectors = networkOf({ layer, inputs: [x0] });
    const weights = {
      ...firstStatistics(vectors),
      'layer/scale': tf.ones([6]),
      'layer/offset': tf.zeros([6]),
    };
    const output = forward({ network: vectors, weights, inputs: { x0 }, mode: 'training' }).outputs['y']!;
    expect(output.shape).toEqual([8, 6]);
    expectClose(tf.mean(output, 0), new Array<number>(6).fill(0), 1e-2);
  });
});

describe('what does not fit is refused', () => {
  test.each([
    [
      '3 channels cannot be divided into 2 groups',
      { layer: (name: string) => groupNorm(name, { groups: 2 }), inputs: [picture] },
    ],
    [
      '4 × 4 pixels cannot be divided by 3',
      { layer: (name: string) => averagePool(name, { factor: 3 }), inputs: [picture] },
    ],
    [
      '3 channels cannot become 2 × 2 pixels',
      { layer: (name: string) => pixelShuffle(name, { factor: 2 }), inputs: [picture] },
    ],
    [
      'The inputs differ in shape: [4,4,3] and [4,4,2]',
      { layer: (name: string, ...inputs: string[]) => add(name, {}, ...inputs), inputs: [picture, small] },
    ],
    [
      '[4,4,3] cannot be multiplied by [2]',
      {
        layer: (name: string, ...inputs: string[]) => multiply(name, {}, ...inputs),
        inputs: [picture, fill([2, 2], 0)],
      },
    ],
  ])('%s', (message, given) => expect(() => shapesOf(networkOf(given))).toThrow(message));
});

test('minibatch deviation takes the largest group that divides the batch', () => {
  const layer = minibatchDeviation('layer', {});
  const of = (batch: number) =>
    forward({
      network: { inputs: { x: [3] }, layers: [layer], outputs: { y: 'layer' } },
      weights: {},
      inputs: { x: fill([batch, 3], 0) },
      mode: 'training',
    }).outputs['y']!;
  expect(of(6).shape).toEqual([6, 4]);
  expectClose(tf.slice(of(1), [0, 3], [1, 1]), [1e-4], 1e-2);
});
