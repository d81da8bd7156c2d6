import { expect, test } from 'vitest';
import { expectClose } from '../reference/index.ts';
import { tf } from '../tensor.ts';
import { dense, forward, reshape, shapesOf, weightSpecs, type Network } from './index.ts';

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

test('two layers of one name are refused', () => {
  const twice = {
    ...branches,
    layers: [dense('one', { units: 3, bias: true }, 'a'), dense('one', { units: 3, bias: true }, 'b')],
  };
  expect(() => shapesOf(twice)).toThrow('Two layers are named "one"');
});
