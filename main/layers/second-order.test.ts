import { expect, test } from 'vitest';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { stopGradient, tf, type Scalar, type Tensor } from '../tensor.ts';
import { activation, batchNorm, conv, dense, flatten, forward, type Network } from './index.ts';
import { functionOf, penalised } from './test-layer.ts';

const critic: Network = {
  inputs: { x: [8, 8, 2] },
  layers: [
    conv('one', { filters: 4, kernel: 4, stride: 2, bias: true }),
    activation('one-relu', { function: 'leaky-relu', slope: 0.2 }),
    conv('two', { filters: 4, kernel: 4, stride: 2, bias: true }),
    activation('two-relu', { function: 'leaky-relu', slope: 0.2 }),
    flatten('flat', {}),
    dense('three', { units: 1, bias: true }),
  ],
  outputs: { logit: 'three' },
};
const names = ['one/kernel', 'one/bias', 'two/kernel', 'two/bias', 'three/kernel', 'three/bias'];
const shapes = [[4, 4, 2, 4], [4], [4, 4, 4, 4], [4], [16, 1], [1]];
const kernels = [0, 2, 4];

/** A penalty on the squared gradient of D by each image, and the penalty's gradients by the kernels. */
function penalty(measure: (squares: Tensor) => Scalar) {
  const weights = shapes.map((shape, index) => fill(shape, index, 0.3));
  const value = (...moved: Tensor[]): Scalar => {
    const all = Object.fromEntries(
      names.map((name, index) => [name, moved[kernels.indexOf(index)] ?? weights[index]!]),
    );
    const gradients = tf.grad(
      (x) => forward({ network: critic, weights: all, inputs: { x }, mode: 'training' }).outputs['logit']!,
    )(fill([3, 8, 8, 2], 10, 1));
    return measure(tf.sum(tf.square(gradients), [1, 2, 3]));
  };
  return tf.valueAndGrads(value)(kernels.map((index) => weights[index]!));
}

test.each([
  [
    'WGAN-GP',
    pytorch.penalties.wganGp,
    (squares: Tensor) => tf.mean<Scalar>(tf.square(tf.sub(tf.sqrt(squares), 1))),
  ],
  ['R1', pytorch.penalties.r1, (squares: Tensor) => tf.mul<Scalar>(tf.mean(squares), 0.5)],
] as const)('the penalty of %s equals PyTorch', (_, reference, measure) => {
  const { value, grads } = penalty(measure);
  expectClose(value, [reference.value]);
  grads.forEach((gradient, index) => expectClose(gradient, reference.gradients[kernels[index]!]!, 2e-5));
});

test('leaky ReLU beside a skip path equals PyTorch', () => {
  const { run } = functionOf({
    layer: (name) => activation(name, { function: 'leaky-relu', slope: 0.2 }),
    inputs: [fill([2, 6], 0)],
  });
  const value = (x: Tensor) => tf.sum(tf.add(tf.square(run([x])), tf.pow(x, 3)));
  const squaredGradient = (x: Tensor) => tf.sum(tf.square(tf.grad(value)(x)));
  expectClose(tf.grad(squaredGradient)(fill([2, 6], 0.3, 2)), pytorch.secondOrder.gradient);
});

test('batch normalisation refuses a second-order gradient, rather than give a wrong one', () => {
  const given = {
    layer: (name: string) => batchNorm(name, {}),
    inputs: [fill([2, 4, 4, 3], 0)],
    weights: { scale: tf.ones([3]), offset: tf.zeros([3]) },
  };
  const { run, values } = functionOf(given);
  expect(() => tf.grads((...all: Tensor[]) => penalised(given, run, all))(values)).toThrow(/gradient/);
});

test('a stopped gradient is a constant, and no gradient is found through it alone', () => {
  const x = fill([4], 0);
  expectClose(tf.grad((x) => tf.sum(tf.mul(x, stopGradient(x))))(x), Array.from(x.dataSync()));
  expect(() => tf.grad((x) => tf.sum(stopGradient(x)))(x)).toThrow(/gradient/);
});
