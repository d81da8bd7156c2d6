import { expect, test } from 'vitest';
import { expectClose, fill } from '../reference/index.ts';
import { seedTensor, stepRandom } from '../step-random.ts';
import { tf, type Tensor } from '../tensor.ts';
import { dropout, forward, noise, type Layer } from './index.ts';
import { functionOf, networkOf, penalised } from './test-layer.ts';

const random = () => stepRandom(seedTensor({ seed: 1, stream: 'step', step: 0 }));
const x = fill([2, 4, 4, 3], 0);
const kinds: [string, (name: string) => Layer][] = [
  ['dropout', (name) => dropout(name, { rate: 0.4 })],
  ['noise', (name) => noise(name, { scale: 0.1 })],
];

test('dropout keeps the numbers whose draw is at least the rate, scaled up', () => {
  const { run } = functionOf({ layer: kinds[0]![1], inputs: [x], random: random() });
  const draws = random().uniform(x.shape).dataSync();
  expectClose(
    run([x]),
    Array.from(x.dataSync(), (value, index) => (draws[index]! >= Math.fround(0.4) ? value / 0.6 : 0)),
  );
});

test('noise is a normal draw times the scale', () => {
  const { run } = functionOf({ layer: kinds[1]![1], inputs: [x], random: random() });
  const draws = random().normal(x.shape).dataSync();
  expectClose(
    run([x]),
    Array.from(x.dataSync(), (value, index) => value + 0.1 * draws[index]!),
  );
});

test.each(kinds)('%s is a constant factor and offset to gradients of both orders', (_, layer) => {
  const given = { layer, inputs: [x] };
  const fresh = (values: Tensor[]) => functionOf({ ...given, random: random() }).run(values);
  const [zero, one] = [fresh([tf.zerosLike(x)]), fresh([tf.onesLike(x)])];
  const linear = ([value]: Tensor[]) => tf.add(tf.mul(value!, tf.sub(one, zero)), zero);
  const gradient = (run: (values: Tensor[]) => Tensor) =>
    tf.grad((value) => penalised(given, run, [value]))(x);
  expectClose(gradient(fresh), Array.from(gradient(linear).dataSync()));
});

test.each(kinds)('%s changes nothing in inference, and needs random numbers in training', (_, layer) => {
  const network = networkOf({ layer, inputs: [x] });
  const output = forward({ network, weights: {}, inputs: { x0: x }, mode: 'inference' }).outputs['y']!;
  expectClose(output, Array.from(x.dataSync()));
  expect(() => forward({ network, weights: {}, inputs: { x0: x }, mode: 'training' })).toThrow(
    'pass `random` to its forward pass',
  );
});
