import { describe, test } from 'vitest';
import { bothWays, expectClose, fill } from './reference/index.ts';
import { tf, type Scalar, type Tensor } from './tensor.ts';

const FUNCTIONS: [string, (x: Tensor) => Tensor][] = [
  ['exp', (x) => tf.exp(x)],
  ['tanh', (x) => tf.tanh(x)],
  ['sigmoid', (x) => tf.sigmoid(x)],
  ['softmax', (x) => tf.softmax(x)],
  ['softplus', (x) => tf.softplus(x)],
];

describe.each(FUNCTIONS)('%s beside a skip connection', (_, f) => {
  const x = fill([2, 5], 0.3, 1.5);
  const c = fill([2, 5], 5);
  const value =
    (c: Tensor) =>
    (x: Tensor): Scalar =>
      tf.sum(tf.add(tf.mul(f(x), tf.mul(c, 2)), tf.mul(0.05, tf.mul(x, tf.square(x)))));
  const penalty =
    (c: Tensor) =>
    (x: Tensor): Scalar =>
      tf.sum(tf.square(tf.grad(value(c))(x)));

  test('has the gradients of both orders that finite differences give, op by op and replayed', () => {
    const [first, second] = bothWays(({ x, c }) => [tf.grad(value(c!))(x!), tf.grad(penalty(c!))(x!)], {
      x,
      c,
    });
    expectClose(first!, differences(value(c), x), 1e-2);
    expectClose(second!, differences(penalty(c), x), 1e-2);
  });
});

/** (f(x + h) - f(x - h)) / 2h for every number of x. */
function differences(f: (x: Tensor) => Scalar, x: Tensor): number[] {
  const h = 1e-2;
  const numbers = Array.from(x.dataSync());
  const at = (index: number, shift: number) =>
    f(
      tf.tensor(
        numbers.map((number, other) => (other === index ? number + shift : number)),
        x.shape,
      ),
    ).dataSync()[0]!;
  return numbers.map((_, index) => (at(index, h) - at(index, -h)) / (2 * h));
}
