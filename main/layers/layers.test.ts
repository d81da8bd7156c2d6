import { describe, expect, test } from 'vitest';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { tf, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import {
  activation, batchNorm, conv, dense, forward, reshape, shapesOf, transposedConv, weightSpecs, type Layer, type Mode, type Network,
} from './index.ts';

type Fixture = { output: number[]; gradients: number[][] };

function single(layer: Layer, input: Shape): Network {
  return { inputs: { x: input }, layers: [layer], outputs: { y: layer.name } };
}

/** The layer's output, and the gradients of sum(output * fill(output, 5)) by the input and every named weight. */
function differentiate({ layer, x, weights, mode = 'training' }: { layer: Layer; x: Tensor; weights: Tensors; mode?: Mode }) {
  const network = single(layer, x.shape.slice(1));
  const names = Object.keys(weights);
  const run = (values: Tensor[]) => forward({
    network, mode, inputs: { x: values[0]! },
    weights: { ...rest(network), ...Object.fromEntries(names.map((name, index) => [`${layer.name}/${name}`, values[index + 1]!])) },
  }).outputs['y']!;
  const inputs = [x, ...names.map((name) => weights[name]!)];
  const output = run(inputs);
  const gradients = tf.grads((...values: Tensor[]) => tf.sum(tf.mul(run(values), fill(output.shape, 5))))(inputs);
  return { output, gradients };
}

/** Statistics as a new network has them. */
function rest(network: Network): Tensors {
  return Object.fromEntries(weightSpecs(network).filter((spec) => spec.movedBy === 'statistics')
    .map((spec) => [spec.name, tf.fill(spec.shape, 'value' in spec.initial ? spec.initial.value : 0)]));
}

function expectLike(actual: { output: Tensor; gradients: Tensor[] }, reference: Fixture): void {
  expectClose(actual.output, reference.output);
  expect(actual.gradients).toHaveLength(reference.gradients.length);
  actual.gradients.forEach((gradient, index) => expectClose(gradient, reference.gradients[index]!, 2e-5));
}

const picture = () => fill([2, 4, 4, 3], 0);

describe('layers equal PyTorch in value and gradient', () => {
  test('dense', () => expectLike(differentiate({
    layer: dense('layer', { units: 3, bias: true }), x: fill([2, 5], 0), weights: { kernel: fill([5, 3], 1), bias: fill([3], 2) },
  }), pytorch.layers.dense));

  test('convolution', () => expectLike(differentiate({
    layer: conv('layer', { filters: 2, kernel: 4, stride: 2, bias: false }), x: picture(), weights: { kernel: fill([4, 4, 3, 2], 1) },
  }), pytorch.layers.conv));

  test('transposed convolution', () => expectLike(differentiate({
    layer: transposedConv('layer', { filters: 2, kernel: 4, stride: 2, bias: false }), x: picture(), weights: { kernel: fill([4, 4, 2, 3], 1) },
  }), pytorch.layers.transposedConv));

  test('batch normalisation', () => expectLike(differentiate({
    layer: batchNorm('layer', {}), x: picture(), weights: { scale: fill([3], 1), offset: fill([3], 2) },
  }), pytorch.layers.batchNorm));

  test.each([
    ['relu', pytorch.layers.relu], ['leaky-relu', pytorch.layers.leakyRelu], ['tanh', pytorch.layers.tanh], ['sigmoid', pytorch.layers.sigmoid],
  ] as const)('%s', (name, reference) => expectLike(differentiate({
    layer: activation('layer', { function: name }), x: picture(), weights: {},
  }), reference));
});

describe('batch normalisation', () => {
  const layer = batchNorm('layer', {});
  const network = single(layer, [4, 4, 3]);
  const weights = () => ({ ...rest(network), 'layer/scale': fill([3], 1), 'layer/offset': fill([3], 2) });

  test('running statistics move as in PyTorch', () => {
    const { statistics } = forward({ network, weights: weights(), inputs: { x: picture() }, mode: 'training' });
    expectClose(statistics['layer/mean']!, pytorch.layers.batchNorm.mean);
    expectClose(statistics['layer/variance']!, pytorch.layers.batchNorm.variance);
  });

  test('in inference it uses the running statistics and moves nothing', () => {
    const moved = { ...weights(), 'layer/mean': tf.tensor1d([1, 2, 3]), 'layer/variance': tf.tensor1d([4, 9, 16]) };
    const { outputs, statistics } = forward({ network, weights: moved, inputs: { x: picture() }, mode: 'inference' });
    const [x, scale, offset] = [picture(), fill([3], 1), fill([3], 2)].map((tensor) => tensor.dataSync());
    const expected = Array.from(x!, (value, index) => {
      const channel = index % 3;
      return ((value - [1, 2, 3][channel]!) / Math.sqrt([4, 9, 16][channel]! + 1e-5)) * scale![channel]! + offset![channel]!;
    });
    expectClose(outputs['y']!, expected);
    expect(statistics).toEqual({});
  });

  test('works on vectors too', () => {
    const vectors = single(batchNorm('layer', {}), [6]);
    const weights = { ...rest(vectors), 'layer/scale': tf.ones([6]), 'layer/offset': tf.zeros([6]) };
    const output = forward({ network: vectors, weights, inputs: { x: fill([8, 6], 0) }, mode: 'training' }).outputs['y']!;
    expect(output.shape).toEqual([8, 6]);
    expectClose(tf.mean(output, 0), new Array<number>(6).fill(0), 1e-2);
  });
});

describe('second order', () => {
  test('leaky ReLU beside a skip path equals PyTorch', () => {
    const layer = single(activation('layer', { function: 'leaky-relu', slope: 0.2 }), [6]);
    const value = (x: Tensor) => {
      const y = forward({ network: layer, weights: {}, inputs: { x }, mode: 'training' }).outputs['y']!;
      return tf.sum(tf.add(tf.square(y), tf.pow(x, 3)));
    };
    const squaredSlope = (x: Tensor) => tf.sum(tf.square(tf.grad(value)(x)));
    expectClose(tf.grad(squaredSlope)(fill([2, 6], 0.3, 2)), pytorch.secondOrder.gradient);
  });

  test('batch normalisation refuses, rather than answer wrongly', () => {
    const network = single(batchNorm('layer', {}), [4, 4, 3]);
    const weights = { ...rest(network), 'layer/scale': tf.ones([3]), 'layer/offset': tf.zeros([3]) };
    const value = (x: Tensor) => tf.add(
      tf.sum(tf.square(forward({ network, weights, inputs: { x }, mode: 'training' }).outputs['y']!)), tf.sum(tf.pow(x, 3)),
    );
    const squaredSlope = (x: Tensor) => tf.sum(tf.square(tf.grad(value)(x)));
    expect(() => tf.grad(squaredSlope)(picture())).toThrow(/gradient/);
  });
});

describe('networks as data', () => {
  const branches: Network = {
    inputs: { a: [4], b: [2] },
    layers: [dense('one', { units: 3, bias: true }, 'a'), dense('two', { units: 3, bias: true }, 'b'), reshape('three', { shape: [3, 1] }, 'one')],
    outputs: { left: 'three', right: 'two' },
  };

  test('layers name their inputs; a network may have several inputs and outputs', () => {
    const weights = Object.fromEntries(weightSpecs(branches).map((spec) => [spec.name, tf.ones(spec.shape)]));
    const { outputs } = forward({ network: branches, weights, inputs: { a: tf.ones([5, 4]), b: tf.ones([5, 2]) }, mode: 'inference' });
    expect(outputs['left']!.shape).toEqual([5, 3, 1]);
    expectClose(outputs['right']!, new Array<number>(15).fill(3));
  });

  test('a layer that names an unknown input is refused by name', () => {
    const broken = { ...branches, layers: [dense('one', { units: 3, bias: true }, 'nowhere')] };
    expect(() => shapesOf(broken)).toThrow('"one" takes its input from "nowhere"');
  });

  test('two layers of one name are refused', () => {
    const twice = { ...branches, layers: [dense('one', { units: 3, bias: true }, 'a'), dense('one', { units: 3, bias: true }, 'b')] };
    expect(() => shapesOf(twice)).toThrow('Two layers are named "one"');
  });
});
