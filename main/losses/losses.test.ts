import { expect, test } from 'vitest';
import { bothWays, expectClose, fill, pytorch } from '../reference/index.ts';
import { tf, type Tensor } from '../tensor.ts';
import { lossOf, LOSSES } from './index.ts';

const real = () => fill([4, 1], 0, 3);
const fake = () => fill([4, 1], 1, 3);

test.each(LOSSES.map((loss) => [loss.kind, loss] as const))('the %s loss equals PyTorch in value and gradient', (kind, loss) => {
  const reference = pytorch.losses[kind as keyof typeof pytorch.losses];
  const [forD, byReal, byFake, forG, gradient] = bothWays(({ real, fake }) => {
    const d = tf.valueAndGrads((real: Tensor, fake: Tensor) => loss.discriminator({ real, fake }))([real!, fake!]);
    const g = tf.valueAndGrad((fake: Tensor) => loss.generator({ fake }))(fake!);
    return [d.value, ...d.grads, g.value, g.grad];
  }, { real: real(), fake: fake() });
  expectClose(forD!, [reference.discriminator]);
  [byReal, byFake].forEach((found, index) => expectClose(found!, reference.discriminatorGradients[index]!));
  expectClose(forG!, [reference.generator]);
  expectClose(gradient!, reference.generatorGradient);
});

test("G's gradient stays strong and finite when D is certain", () => {
  const gradient = tf.grad((fake: Tensor) => lossOf('non-saturating').generator({ fake }))(tf.tensor2d([[-200]]));
  expectClose(gradient, [-1]);
});

test('an unknown loss is refused with the ones there are', () => {
  expect(() => lossOf('none')).toThrow('There is no loss "none".');
});
