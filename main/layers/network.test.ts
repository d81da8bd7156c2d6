import { expect, test } from 'vitest';
import { expectClose, fill } from '../reference/index.ts';
import { tf } from '../tensor.ts';
import {
  batchNorm,
  conv,
  dense,
  forward,
  initialWeights,
  layerNorm,
  minibatchDeviation,
  mixingOf,
  multiply,
  prunedTo,
  reshape,
  shapesOf,
  weightSpecs,
  type Network,
} from './index.ts';

const branches: Network = {
  inputs: { a: [4], b: [2] },
  layers: [
    dense('one', { units: 3, bias: true }, 'a'),
    dense('two', { units: 3, bias: true }, 'b'),
    reshape('three', { shape: [3, 1] }, 'one'),
  ],
  outputs: { left: 'three', right: 'two' },
};

test('layers name their inputs; a network may have several inputs and outputs', () => {
  const weights = Object.fromEntries(weightSpecs(branches).map((spec) => [spec.name, tf.ones(spec.shape)]));
  const { outputs } = forward({
    network: branches,
    weights,
    inputs: { a: tf.ones([5, 4]), b: tf.ones([5, 2]) },
    mode: 'inference',
  });
  expect(outputs['left']!.shape).toEqual([5, 3, 1]);
  expectClose(outputs['right']!, new Array<number>(15).fill(3));
});

test('a layer that names an unknown input is refused by name', () => {
  const broken = { ...branches, layers: [dense('one', { units: 3, bias: true }, 'nowhere')] };
  expect(() => shapesOf(broken)).toThrow('"one" takes its input from "nowhere"');
});

test('filters with copies start alike, with the numbers that fewer filters without copies would have', () => {
  const first = (options: { filters: number; copies?: number }) =>
    initialWeights(
      {
        inputs: { a: [4, 4, 2] },
        layers: [conv('one', { kernel: 3, stride: 1, bias: false, ...options })],
        outputs: {},
      },
      { seed: 1, firstStep: 0 },
    )['one/kernel']!;
  const [own, alike] = [first({ filters: 3 }), first({ filters: 12, copies: 4 })];
  expect(alike.shape).toEqual([3, 3, 2, 12]);
  expect(Array.from(alike.dataSync())).toEqual(Array.from(tf.tile(own, [1, 1, 1, 4]).dataSync()));
});

test('two layers of one name are refused', () => {
  const twice = {
    ...branches,
    layers: [dense('one', { units: 3, bias: true }, 'a'), dense('one', { units: 3, bias: true }, 'b')],
  };
  expect(() => shapesOf(twice)).toThrow('Two layers are named "one"');
});

test.each([
  ['a picture', conv('one', { filters: 3, kernel: 3, stride: 1, bias: true }, 'a'), 'takes picture, not [4]'],
  ['two inputs', multiply('one', {}, 'a'), 'takes any and any, not [4]'],
  ['one input', dense('one', { units: 3, bias: true }, 'a', 'b'), 'takes row, not [4] and [2]'],
])('a layer that takes %s refuses other inputs', (_, layer, message) => {
  expect(() => shapesOf({ ...branches, layers: [layer] })).toThrow(`Layer "one" ${message}`);
});

test('a network mixes the images of a batch as its first layer that does', () => {
  const of = (...layers: Network['layers']) => mixingOf({ ...branches, layers });
  expect(of(layerNorm('a', {}))).toBeUndefined();
  expect(of(layerNorm('a', {}), minibatchDeviation('b', {}), batchNorm('c', {}))?.name).toMatch(/deviation/);
});

test('a network pruned to some of its outputs has the layers that they depend on, and gives the same numbers', () => {
  const whole: Network = {
    inputs: { a: [4], b: [2] },
    layers: [
      dense('one', { units: 3, bias: true }),
      dense('aside', { units: 5, bias: true }, 'b'),
      dense('two', { units: 3, bias: true }, 'one'),
      reshape('three', { shape: [3, 1] }),
      dense('late', { units: 1, bias: true }, 'aside'),
    ],
    outputs: { left: 'three', right: 'late', middle: 'one' },
  };
  const weights = Object.fromEntries(
    weightSpecs(whole).map(({ name, shape }, index) => [name, fill(shape, index, 1)]),
  );
  const inputs = { a: fill([2, 4], 1), b: fill([2, 2], 2) };
  const run = (network: Network) => forward({ network, weights, inputs, mode: 'inference' }).outputs;
  const expected = run(whole);
  for (const [outputs, layers] of [
    [['left'], ['one', 'two', 'three']],
    [['right'], ['aside', 'late']],
    [['middle'], ['one']],
    [
      ['middle', 'right'],
      ['one', 'aside', 'late'],
    ],
  ] as const) {
    const pruned = prunedTo(whole, outputs);
    expect(pruned.layers.map(({ name }) => name)).toEqual(layers);
    const found = run(pruned);
    expect(Object.keys(found).sort()).toEqual([...outputs].sort());
    for (const name of outputs) expectClose(found[name]!, Array.from(expected[name]!.dataSync()));
  }
});
