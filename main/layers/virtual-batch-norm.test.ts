import { describe, expect, test } from 'vitest';
import { expectClose, fill } from '../reference/index.ts';
import { tf, type Tensor } from '../tensor.ts';
import {
  batchNorm,
  forward,
  initialWeights,
  referenceBatch,
  shapesOf,
  virtualBatchNorm,
  weightSpecs,
  withoutReference,
  type Layer,
  type Mode,
  type Network,
} from './index.ts';

const around = (norm: Layer): Network => ({
  inputs: { z: [3] },
  layers: [referenceBatch('reference', { rows: 4 }), norm, withoutReference('alone', { rows: 4 })],
  outputs: { y: 'alone' },
});

function run(network: Network, z: Tensor, mode: Mode): Tensor {
  return forward({
    network,
    weights: initialWeights(network, { seed: 1, firstStep: 0 }),
    inputs: { z },
    mode,
  }).outputs['y']!;
}

describe('a reference batch', () => {
  const network = around(virtualBatchNorm('norm', { rows: 4 }));

  test('leaves no trace in the shapes', () => {
    expect(shapesOf(network)).toEqual({ z: [3], reference: [3], norm: [3], alone: [3] });
    expect(run(network, fill([2, 3], 0), 'training').shape).toEqual([2, 3]);
  });

  test('never changes', () => {
    expect(
      weightSpecs(network)
        .filter(({ movedBy }) => movedBy === 'nothing')
        .map(({ name, shape }) => [name, shape]),
    ).toEqual([['reference/points', [4, 3]]]);
    const weights = initialWeights(network, { seed: 1, firstStep: 0 });
    expect(
      forward({ network, weights, inputs: { z: fill([2, 3], 0) }, mode: 'training' }).statistics,
    ).toEqual({});
  });

  test('makes an example independent of the others of its batch, in training as in inference', () => {
    const [one, others] = [fill([1, 3], 5), fill([6, 3], 9, 40)];
    const alone = Array.from(run(network, one, 'training').dataSync());
    for (const mode of ['training', 'inference'] as const) {
      expectClose(tf.slice(run(network, tf.concat([one, others], 0), mode), [0, 0], [1, 3]), alone);
    }
    const mixed = around(batchNorm('norm', {}));
    const first = (batch: Tensor) =>
      Array.from(tf.slice(run(mixed, batch, 'training'), [0, 0], [1, 3]).dataSync());
    expect(() => expectClose(first(tf.concat([one, others], 0)), first(one), 0.1)).toThrow();
  });
});

test('virtual batch normalisation stays finite where means are large', () => {
  const network = around(virtualBatchNorm('norm', { rows: 4 }));
  const numbers = run(network, tf.fill([2, 3], 1e6), 'training').dataSync();
  expect(numbers.every(Number.isFinite)).toBe(true);
});
