/**
 * Makes pictures larger by repeating pixels, and smaller by averaging them: each is the other's gradient, up
 * to a factor.
 *
 * Faster than TensorFlow's own gradients ResizeNearestNeighborGrad and AvgPoolGrad, and differentiable to any
 * order.
 */
import { defineKernel, type KernelCall } from '../kernel.ts';
import { attribute, operate, tf, type Tensor, type Tensor4D } from '../tensor.ts';

type Factor = { factor: number };

const repeatKernel: KernelCall<'x', 'larger', Factor> = defineKernel({
  name: 'StudioRepeatPixels',
  inputs: ['x'],
  outputs: ['larger'],
  run({ x }, { factor }: Factor) {
    const [batch, height, width, channels] = x.shape as Tensor4D['shape'];
    const apart = tf.reshape(x as Tensor, [batch * height, 1, width, 1, channels]);
    const shape = tf.tensor1d([batch * height, factor, width, factor, channels], 'int32');
    const repeated = operate(
      'BroadcastTo',
      [attribute.floatType('T'), attribute.intType('Tidx')],
      [apart, shape],
    );
    return { larger: tf.reshape(repeated, [batch, height * factor, width * factor, channels]) };
  },
  gradient: {
    keeps: [],
    run: ({ larger }, _, { factor }) => ({ x: () => tf.mul(averagePixels(larger, factor), factor ** 2) }),
  },
});

const averageKernel: KernelCall<'x', 'smaller', Factor> = defineKernel({
  name: 'StudioAveragePixels',
  inputs: ['x'],
  outputs: ['smaller'],
  run({ x }, { factor }: Factor) {
    const window = [1, factor, factor, 1];
    const attributes = [
      attribute.floatType('T'),
      attribute.int('ksize', window),
      attribute.int('strides', window),
      attribute.text('padding', 'VALID'),
      attribute.text('data_format', 'NHWC'),
    ];
    return { smaller: operate('AvgPool', attributes, [x]) };
  },
  gradient: {
    keeps: [],
    run: ({ smaller }, _, { factor }) => ({
      x: () => repeatPixels(tf.mul(smaller, 1 / factor ** 2), factor),
    }),
  },
});

/** [batch, height, width, channels] -> [batch, height * factor, width * factor, channels] */
export function repeatPixels(x: Tensor, factor: number): Tensor {
  return repeatKernel({ x }, { factor }).larger;
}

/**
 * [batch, height, width, channels] -> [batch, height / factor, width / factor, channels]; the factor divides
 * height and width.
 */
export function averagePixels(x: Tensor, factor: number): Tensor {
  return averageKernel({ x }, { factor }).smaller;
}
