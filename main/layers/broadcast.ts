/**
 * Sums over axes, and products and sums of a tensor with a smaller one.
 *
 * tfjs has them too, but their gradients hold constants of ones as large as the tensor; these are made of each other.
 */
import { attribute, defineKernel, tf, type KernelCall, type Shape, type Tensor } from '../tensor.ts';

type Axes = { axes: number[]; shape: number[] };

const indexed = () => [attribute.floatType('T'), attribute.intType('Tidx')];

const sumKernel: KernelCall<Axes> = defineKernel({
  name: 'StudioSum',
  run: ({ x }, { axes }, operate) =>
    operate('Sum', [...indexed(), attribute.boolean('keep_dims', true)], [x!, tf.tensor1d(axes, 'int32')], 1),
  gradient: {
    inputs: [],
    outputs: [],
    run: ([dy], _, settings) => ({ x: () => spreadKernel({ x: dy! }, settings)[0]! }),
  },
});

const spreadKernel: KernelCall<Axes> = defineKernel({
  name: 'StudioSpread',
  run: ({ x }, { shape }, operate) => operate('BroadcastTo', indexed(), [x!, tf.tensor1d(shape, 'int32')], 1),
  gradient: {
    inputs: [],
    outputs: [],
    run: ([dy], _, settings) => ({ x: () => sumKernel({ x: dy! }, settings)[0]! }),
  },
});

/** Sums over these axes, which stay with size 1. */
export function sumOver(x: Tensor, axes: number[]): Tensor {
  return sumKernel({ x }, { axes, shape: x.shape })[0]!;
}

/** Means over these axes, which stay with size 1. */
export function meanOver(x: Tensor, axes: number[]): Tensor {
  return tf.mul(sumOver(x, axes), 1 / axes.reduce((product, axis) => product * x.shape[axis]!, 1));
}

/** Repeats x, of the same rank as `shape`, along the axes where its size is 1. */
export function spread(x: Tensor, shape: Shape): Tensor {
  return spreadKernel(
    { x },
    { axes: [...shape.keys()].filter((axis) => x.shape[axis] !== shape[axis]), shape },
  )[0]!;
}

/** The sum of x over all along which a tensor of this shape was repeated. */
function sumTo(x: Tensor, shape: Shape): Tensor {
  const missing = x.rank - shape.length;
  const axes = [...x.shape.keys()].filter(
    (axis) => axis < missing || shape[axis - missing] !== x.shape[axis],
  );
  return tf.reshape(axes.length === 0 ? x : sumOver(x, axes), shape);
}

const scaleKernel = defineKernel({
  name: 'StudioScale',
  run: ({ x, factor }, _, operate) => operate('Mul', [attribute.floatType('T')], [x!, factor!], 1),
  gradient: {
    inputs: ['x', 'factor'],
    outputs: [],
    run: ([dy], [x, factor]) => ({
      x: () => scale(dy!, factor!),
      factor: () => sumTo(tf.mul(dy!, x!), factor!.shape),
    }),
  },
});

/** x * factor; factor is repeated to the shape of x. */
export function scale(x: Tensor, factor: Tensor): Tensor {
  return scaleKernel({ x, factor })[0]!;
}

const shiftKernel = defineKernel<{ shape: number[] }>({
  name: 'StudioShift',
  run: ({ x, offset }, { shape }, operate) =>
    shape.length === 1
      ? operate(
          'BiasAdd',
          [attribute.floatType('T'), attribute.text('data_format', 'NHWC')],
          [x!, offset!],
          1,
        )
      : operate('AddV2', [attribute.floatType('T')], [x!, offset!], 1),
  gradient: {
    inputs: [],
    outputs: [],
    run: ([dy], _, { shape }) => ({ x: () => tf.clone(dy!), offset: () => sumTo(dy!, shape) }),
  },
});

/** x + offset; offset, such as a bias [channels], is repeated to the shape of x. */
export function shift(x: Tensor, offset: Tensor): Tensor {
  return shiftKernel({ x, offset }, { shape: offset.shape })[0]!;
}
