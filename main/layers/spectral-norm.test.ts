import { describe, expect, test } from 'vitest';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { tf, type Tensors } from '../tensor.ts';
import { conv, dense, forward, initialWeights, transposedConv } from './index.ts';
import { expectLike, networkOf, type Case } from './test-layer.ts';

const strided = { filters: 2, kernel: 4, stride: 2, bias: false, spectralNorm: 1 };
const cases = [
  [
    'dense',
    {
      layer: (name: string) => dense(name, { units: 3, bias: false, spectralNorm: 1 }),
      inputs: [fill([2, 5], 0)],
      weights: { kernel: fill([5, 3], 1) },
      fixed: { u: fill([3], 2) },
    },
    pytorch.layers.spectralDense,
  ],
  [
    'convolution',
    {
      layer: (name: string) => conv(name, strided),
      inputs: [fill([2, 4, 4, 2], 0)],
      weights: { kernel: fill([4, 4, 2, 2], 1) },
      fixed: { u: fill([2], 2) },
    },
    pytorch.layers.spectralConv,
  ],
  [
    'transposed convolution',
    {
      layer: (name: string) => transposedConv(name, strided),
      inputs: [fill([2, 2, 2, 4], 0)],
      weights: { kernel: fill([4, 4, 2, 4], 1) },
      fixed: { u: fill([2], 2) },
    },
    pytorch.layers.spectralTransposedConv,
  ],
] as const;

function pass({ weights, u, mode, ...given }: Case & { u: Tensors[string]; mode: 'training' | 'inference' }) {
  return forward({
    network: networkOf(given),
    weights: { 'layer/kernel': weights!['kernel']!, 'layer/u': u },
    inputs: { x0: given.inputs[0]! },
    mode,
  });
}

describe('spectral normalisation equals PyTorch', () => {
  test.each(cases)('%s, in value and gradients from a known u', (_, given, reference) =>
    expectLike({ ...given, inputs: [...given.inputs] }, reference),
  );

  test.each(cases)(
    '%s, in the u that follows, and in inference with it',
    (_, { fixed, ...given }, reference) => {
      const { statistics } = pass({ ...given, inputs: [...given.inputs], u: fixed.u, mode: 'training' });
      expectClose(statistics['layer/u']!, reference.u);
      const still = pass({
        ...given,
        inputs: [...given.inputs],
        u: statistics['layer/u']!,
        mode: 'inference',
      });
      expectClose(still.outputs['y']!, reference.inference);
      expect(still.statistics).toEqual({});
    },
  );
});

test.each([1, 2.5])('after many passes the largest singular value is %s', (spectralNorm) => {
  const network = networkOf({
    layer: (name) => dense(name, { units: 4, bias: false, spectralNorm }),
    inputs: [tf.eye(6)],
  });
  let weights = initialWeights(network, { seed: 1, firstStep: 0 });
  for (let step = 0; step < 100; step++)
    weights = {
      ...weights,
      ...forward({ network, weights, inputs: { x0: tf.eye(6) }, mode: 'training' }).statistics,
    };
  const kernel = tf.div(
    forward({ network, weights, inputs: { x0: tf.eye(6) }, mode: 'inference' }).outputs['y']!,
    spectralNorm,
  ); // [6, 4]
  let power = tf.matMul(kernel, kernel, true);
  for (let doubling = 0; doubling < 10; doubling++) power = tf.matMul(power, power);
  expect(tf.sum(tf.linalg.bandPart(power, 0, 0)).dataSync()[0]).toBeCloseTo(1, 2);
});
