import { expect, test } from 'vitest';
import { bothWays, expectClose, fill } from '../reference/index.ts';
import { tf, type Tensor } from '../tensor.ts';
import { conv, forward, upsample, upsampleConv, type Layer, type Network } from './index.ts';

const convolution = { filters: 3, kernel: 3, stride: 1, bias: true };
const networkOf = (...layers: Layer[]): Network => ({
  inputs: { x: [3, 5, 2] },
  layers,
  outputs: { y: 'layer' },
});
const atOnce = (spectralNorm?: number) =>
  networkOf(upsampleConv('layer', { filters: 3, bias: true, ...(spectralNorm && { spectralNorm }) }));
const oneAfterTheOther = (spectralNorm?: number) =>
  networkOf(
    upsample('larger', { factor: 2 }),
    conv('layer', { ...convolution, ...(spectralNorm && { spectralNorm }) }),
  );

/**
 * The output, the gradients of a scalar made of it, and the gradients of that scalar's squared gradient by x.
 */
function outputsOf(network: Network, values: Record<string, Tensor>): Tensor[] {
  const run = (x: Tensor, kernel: Tensor, bias: Tensor) =>
    forward({
      network,
      weights: { 'layer/kernel': kernel, 'layer/bias': bias, ...(values['u'] && { 'layer/u': values['u'] }) },
      inputs: { x },
      mode: 'training',
    }).outputs['y']!;
  const weighed = (...given: Tensor[]) => {
    const output = run(given[0]!, given[1]!, given[2]!);
    return tf.sum(tf.mul(output, tf.add(fill(output.shape, 5), output)));
  };
  const squaredGradient = (...given: Tensor[]) =>
    tf.sum(tf.square(tf.grad((x) => weighed(x, given[1]!, given[2]!))(given[0]!)));
  const all = [values['x']!, values['kernel']!, values['bias']!];
  return [run(all[0]!, all[1]!, all[2]!), ...tf.grads(weighed)(all), ...tf.grads(squaredGradient)(all)];
}

test.each([
  ['plain', undefined],
  ['with spectral norm', 1.4],
])('equals repeated pixels and a convolution, in value and in gradients of both orders: %s', (_, scale) => {
  const values = {
    x: fill([2, 3, 5, 2], 0),
    kernel: fill([3, 3, 2, 3], 1),
    bias: fill([3], 2),
    ...(scale && { u: fill([3], 3) }),
  };
  const expected = outputsOf(oneAfterTheOther(scale), values);
  const found = bothWays((inputs) => outputsOf(atOnce(scale), inputs), values);
  expect(found).toHaveLength(7);
  found.forEach((tensor, index) => expectClose(tensor, Array.from(expected[index]!.dataSync()), 1e-4));
});
