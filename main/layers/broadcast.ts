/**
 * Sums over axes, and products and sums of a tensor with a smaller one.
 *
 * tfjs has them too, but its gradients multiply by tensors of ones as large as x. Here each operation's
 * gradient is made of the other operations.
 */
import { defineKernel, type KernelCall } from '../kernel.ts';
import { attribute, operate, tf, type Shape, type Tensor } from '../tensor.ts';

type Axes = { axes: number[]; shape: number[] };

const indexed = () => [attribute.floatType('T'), attribute.intType('Tidx')];

const sumKernel: KernelCall<'x', 'sum', Axes> = defineKernel({
  name: 'StudioSum',
  inputs: ['x'],
  outputs: ['sum'],
  run: ({ x }, { axes }: Axes) => ({
    sum: operate(
      'Sum',
      [...indexed(), attribute.boolean('keep_dims', true)],
      [x, tf.tensor1d(axes, 'int32')],
    ),
  }),
  gradient: {
    keeps: [],
    run: ({ sum }, _, settings) => ({ x: () => spreadKernel({ x: sum }, settings).repeated }),
  },
});

const spreadKernel: KernelCall<'x', 'repeated', Axes> = defineKernel({
  name: 'StudioSpread',
  inputs: ['x'],
  outputs: ['repeated'],
  run: ({ x }, { shape }: Axes) => ({
    repeated: operate('BroadcastTo', indexed(), [x, tf.tensor1d(shape, 'int32')]),
  }),
  gradient: {
    keeps: [],
    run: ({ repeated }, _, settings) => ({ x: () => sumKernel({ x: repeated }, settings).sum }),
  },
});

/** Sums over these axes, which stay with size 1. */
export function sumOver(x: Tensor, axes: number[]): Tensor {
  return sumKernel({ x }, { axes, shape: x.shape }).sum;
}

/** Means over these axes, which stay with size 1. */
export function meanOver(x: Tensor, axes: number[]): Tensor {
  const count = x.shape.filter((_, axis) => axes.includes(axis)).reduce((product, size) => product * size, 1);
  return tf.mul(sumOver(x, axes), 1 / count);
}

/** Repeats x, of the same rank as `shape`, along the axes where its size is 1. */
export function spread(x: Tensor, shape: Shape): Tensor {
  const axes = [...shape.keys()].filter((axis) => x.shape[axis] !== shape[axis]);
  return spreadKernel({ x }, { axes, shape }).repeated;
}

/** Sums x down to this shape: over the axes along which a tensor of this shape was repeated. */
function sumTo(x: Tensor, shape: Shape): Tensor {
  const missing = x.rank - shape.length;
  const axes = [...x.shape.keys()].filter(
    (axis) => axis < missing || shape[axis - missing] !== x.shape[axis],
  );
  return tf.reshape(axes.length === 0 ? x : sumOver(x, axes), shape);
}

const scaleKernel = defineKernel({
  name: 'StudioScale',
  inputs: ['x', 'factor'],
  outputs: ['y'],
  run: ({ x, factor }) => ({ y: operate('Mul', [attribute.floatType('T')], [x, factor]) }),
  gradient: {
    keeps: ['x', 'factor'],
    run: ({ y: dy }, { x, factor }) => ({
      x: () => scale(dy, factor),
      factor: () => sumTo(tf.mul(dy, x), factor.shape),
    }),
  },
});

/** x * factor; factor is repeated to the shape of x. */
export function scale(x: Tensor, factor: Tensor): Tensor {
  return scaleKernel({ x, factor }, {}).y;
}

const shiftKernel = defineKernel({
  name: 'StudioShift',
  inputs: ['x', 'offset'],
  outputs: ['y'],
  run: ({ x, offset }, { shape }: { shape: number[] }) => ({
    y:
      shape.length === 1
        ? operate('BiasAdd', [attribute.floatType('T'), attribute.text('data_format', 'NHWC')], [x, offset])
        : operate('AddV2', [attribute.floatType('T')], [x, offset]),
  }),
  gradient: {
    keeps: [],
    run: ({ y: dy }, _, { shape }) => ({ x: () => tf.clone(dy), offset: () => sumTo(dy, shape) }),
  },
});

/** x + offset; offset, such as a bias [channels], is repeated to the shape of x. */
export function shift(x: Tensor, offset: Tensor): Tensor {
  return shiftKernel({ x, offset }, { shape: offset.shape }).y;
}
