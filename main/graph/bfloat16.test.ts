/**
 * Products are of rounded numbers, summed in float32 and rounded once; cheap operations and D's output stay
 * float32.
 */
import { expect, test } from 'vitest';
import { attribute, operate, tf, withBinding, type Tensor, type Tensor2D, type Tensor4D } from '../tensor.ts';
import { compile, inBfloat16 } from './index.ts';

/** Rounds to 8 significant bits, halves to even, by the bits of the number. */
function rounded(tensor: Tensor): number[] {
  const bits = new Uint32Array(Float32Array.from(tensor.dataSync()).buffer);
  bits.forEach((bit, index) => {
    bits[index] = ((bit + 0x7fff + ((bit >>> 16) & 1)) >>> 16) << 16;
  });
  return [...new Float32Array(bits.buffer)];
}
const roundedTensor = <T extends Tensor>(tensor: T): T => tf.tensor(rounded(tensor), tensor.shape) as T;
const draw = <T extends Tensor>(shape: number[], seed: number): T =>
  tf.randomNormal(shape, 0, 1, 'float32', seed) as Tensor as T;

/**
 * The largest difference, relative to the largest number: sums in another order may be rounded differently.
 */
function difference(found: Tensor, expected: number[]): number {
  const largest = Math.max(...expected.map(Math.abs));
  return (
    Math.max(...[...found.dataSync()].map((value, index) => Math.abs(value - expected[index]!))) / largest
  );
}
const ONE_ROUNDING = 2 ** -8;

const x = draw<Tensor4D>([4, 8, 8, 16], 1);
const kernel = draw<Tensor4D>([3, 3, 16, 8], 2);
const convolved = (of: Tensor, by: Tensor) => tf.conv2d(of as Tensor4D, by as Tensor4D, 2, 'same');

test('a convolution and its two gradients are those of rounded numbers, rounded', () => {
  const weighed = draw<Tensor4D>([4, 4, 4, 8], 3);
  const gradients = tf.grads((of, by) => tf.sum(tf.mul(convolved(of!, by!), roundedTensor(weighed))));
  const [roundX, roundKernel] = [roundedTensor(x), roundedTensor(kernel)];
  const expected = [convolved(roundX, roundKernel), ...gradients([roundX, roundKernel])].map(rounded);
  const found = inBfloat16(() => [convolved(x, kernel), ...gradients([x, kernel])]);
  found.forEach((each, index) => expect(difference(each, expected[index]!)).toBeLessThan(ONE_ROUNDING));
  // The results are bfloat16 numbers.
  found.forEach((each) => expect(rounded(each)).toEqual([...each.dataSync()]));
  expect(difference(convolved(x, kernel), expected[0]!)).toBeGreaterThan(1e-4);
});

test('a product of matrices is rounded, and one with few columns, such as D’s output, stays float32', () => {
  const [left, right] = [draw<Tensor2D>([6, 40], 4), draw<Tensor2D>([40, 12], 5)];
  const wide = inBfloat16(() => tf.matMul(left, right));
  expect(rounded(wide)).toEqual([...wide.dataSync()]);
  const one = draw<Tensor2D>([40, 1], 6);
  expect([...inBfloat16(() => tf.matMul(left, one)).dataSync()]).toEqual([
    ...tf.matMul(left, one).dataSync(),
  ]);
});

test('sums and losses of what was rounded are float32', () => {
  const [sum, expected] = [inBfloat16(() => tf.mean(convolved(x, kernel))), 1];
  expect(rounded(sum)).not.toEqual([...sum.dataSync()].map((value) => value * expected));
});

test('what follows takes the bfloat16 numbers themselves, so that a graph casts once', () => {
  const operations: string[] = [];
  const relu = (of: Tensor) => operate('Relu', [attribute.floatType('T')], [of]);
  withBinding(
    (binding) => ({
      executeOp(name, ...rest) {
        operations.push(
          `${name}:${JSON.stringify(rest[0].find((entry) => entry.name === 'T')?.value ?? '')}`,
        );
        return binding.executeOp(name, ...rest);
      },
    }),
    () => inBfloat16(() => relu(convolved(x, kernel))),
  );
  const BFLOAT16 = 14;
  // Two casts of what goes in, one behind each operation.
  expect(operations).toEqual([
    'Cast:""',
    'Cast:""',
    `Conv2D:${BFLOAT16}`,
    'Cast:""',
    `Relu:${BFLOAT16}`,
    'Cast:""',
  ]);
  operations.length = 0;
});

test('a compiled step equals op by op', () => {
  const step = (state: Record<string, Tensor>, inputs: Record<string, Tensor>) => ({
    state,
    outputs: { y: inBfloat16(() => convolved(inputs['x']!, state['kernel']!)) },
  });
  const compiled = compile({ state: { kernel }, programs: { step: { step, inputs: { x } } } });
  const { outputs } = compiled.run('step', { x });
  expect(difference(outputs['y']!, rounded(inBfloat16(() => convolved(x, kernel))))).toBeLessThan(
    ONE_ROUNDING,
  );
  compiled.dispose();
});
