/**
 * Pictures made larger by repeating pixels and smaller by averaging them: each is the other's gradient, but for a factor.
 *
 * Faster than TensorFlow's own gradients ResizeNearestNeighborGrad and AvgPoolGrad, and right to any order.
 */
import { attribute, defineKernel, tf, type KernelCall, type Tensor, type Tensor4D } from '../tensor.ts';

type Factor = { factor: number };

const repeatKernel: KernelCall<Factor> = defineKernel({
  name: 'StudioRepeatPixels',
  run({ x }, { factor }, operate) {
    const [batch, height, width, channels] = x!.shape as Tensor4D['shape'];
    const apart = tf.reshape(x as Tensor, [batch * height, 1, width, 1, channels]);
    const shape = tf.tensor1d([batch * height, factor, width, factor, channels], 'int32');
    const [repeated] = operate(
      'BroadcastTo',
      [attribute.floatType('T'), attribute.intType('Tidx')],
      [apart, shape],
      1,
    );
    return [tf.reshape(repeated!, [batch, height * factor, width * factor, channels])];
  },
  gradient: {
    inputs: [],
    outputs: [],
    run: ([dy], _, { factor }) => ({ x: () => tf.mul(averagePixels(dy!, factor), factor ** 2) }),
  },
});

const averageKernel: KernelCall<Factor> = defineKernel({
  name: 'StudioAveragePixels',
  run({ x }, { factor }, operate) {
    const window = [1, factor, factor, 1];
    return operate(
      'AvgPool',
      [
        attribute.floatType('T'),
        attribute.int('ksize', window),
        attribute.int('strides', window),
        attribute.text('padding', 'VALID'),
        attribute.text('data_format', 'NHWC'),
      ],
      [x!],
      1,
    );
  },
  gradient: {
    inputs: [],
    outputs: [],
    run: ([dy], _, { factor }) => ({ x: () => repeatPixels(tf.mul(dy!, 1 / factor ** 2), factor) }),
  },
});

/** [batch, height, width, channels] -> [batch, height * factor, width * factor, channels] */
export function repeatPixels(x: Tensor, factor: number): Tensor {
  return repeatKernel({ x }, { factor })[0]!;
}

/** [batch, height, width, channels] -> [batch, height / factor, width / factor, channels]; the factor divides height and width. */
export function averagePixels(x: Tensor, factor: number): Tensor {
  return averageKernel({ x }, { factor })[0]!;
}
