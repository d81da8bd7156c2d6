/**
 * Activations, element by element, on TensorFlow's fused gradients, which tfjs leaves out.
 *
 * Each gradient is taken from the output: a graph can then fuse the activation into the operation before it. Where the second
 * order needs that output it is computed anew, for what tfjs saves of it is cut off from the tape; a graph merges the two.
 */
import { attribute, defineKernel, stopGradient, tf, type KernelCall, type Tensor } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

export type ActivationOptions = { function: 'relu' | 'leaky-relu' | 'tanh' | 'sigmoid' | 'elu' | 'swish'; slope?: number };

const floats = () => [attribute.floatType('T')];

// The gradients of ReLU and leaky ReLU are linear in dy, with a slope that is constant around y: each is its own gradient.
const reluGradient: KernelCall = defineKernel({
  name: 'StudioReluGradient',
  run: ({ dy, y }, _, operate) => operate('ReluGrad', floats(), [dy!, y!], 1),
  gradient: { inputs: ['y'], outputs: [], run: ([ddy], [y]) => ({ dy: () => reluGradient({ dy: ddy!, y: stopGradient(y!) })[0]! }) },
});

const relu = defineKernel({
  name: 'StudioRelu',
  run: ({ x }, _, operate) => operate('Relu', floats(), [x!], 1),
  gradient: { inputs: [], outputs: [true], run: ([dy], [y]) => ({ x: () => reluGradient({ dy: dy!, y: stopGradient(y!) })[0]! }) },
});

const leakyReluGradient: KernelCall = defineKernel({
  name: 'StudioLeakyReluGradient',
  run: ({ dy, y }, { slope }, operate) => operate('LeakyReluGrad', [attribute.float('alpha', slope!), ...floats()], [dy!, y!], 1),
  gradient: {
    inputs: ['y'],
    outputs: [],
    run: ([ddy], [y], settings) => ({ dy: () => leakyReluGradient({ dy: ddy!, y: stopGradient(y!) }, settings)[0]! }),
  },
});

const leakyRelu = defineKernel({
  name: 'StudioLeakyRelu',
  run: ({ x }, { slope }, operate) => operate('LeakyRelu', [attribute.float('alpha', slope!), ...floats()], [x!], 1),
  gradient: {
    inputs: [],
    outputs: [true],
    run: ([dy], [y], settings) => ({ x: () => leakyReluGradient({ dy: dy!, y: stopGradient(y!) }, settings)[0]! }),
  },
});

// dy (1 - y^2)
const tanhGradient: KernelCall = defineKernel({
  name: 'StudioTanhGradient',
  run: ({ dy, y }, _, operate) => operate('TanhGrad', floats(), [y!, dy!], 1),
  gradient: {
    inputs: ['dy', 'y'],
    outputs: [],
    run: ([ddy], [dy, y]) => ({
      dy: () => tanhGradient({ dy: ddy!, y: y! })[0]!,
      y: () => tf.mul(tf.mul(ddy!, dy!), tf.mul(y!, -2)),
    }),
  },
});

const tanh: KernelCall = defineKernel({
  name: 'StudioTanh',
  run: ({ x }, _, operate) => operate('Tanh', floats(), [x!], 1),
  gradient: { inputs: ['x'], outputs: [], run: ([dy], [x]) => ({ x: () => tanhGradient({ dy: dy!, y: tanh({ x: x! })[0]! })[0]! }) },
});

// dy y (1 - y)
const sigmoidGradient: KernelCall = defineKernel({
  name: 'StudioSigmoidGradient',
  run: ({ dy, y }, _, operate) => operate('SigmoidGrad', floats(), [y!, dy!], 1),
  gradient: {
    inputs: ['dy', 'y'],
    outputs: [],
    run: ([ddy], [dy, y]) => ({
      dy: () => sigmoidGradient({ dy: ddy!, y: y! })[0]!,
      y: () => tf.mul(tf.mul(ddy!, dy!), tf.sub(1, tf.mul(y!, 2))),
    }),
  },
});

const sigmoid: KernelCall = defineKernel({
  name: 'StudioSigmoid',
  run: ({ x }, _, operate) => operate('Sigmoid', floats(), [x!], 1),
  gradient: { inputs: ['x'], outputs: [], run: ([dy], [x]) => ({ x: () => sigmoidGradient({ dy: dy!, y: sigmoid({ x: x! })[0]! })[0]! }) },
});

// dy (y < 0 ? y + 1 : 1)
const eluGradient: KernelCall = defineKernel({
  name: 'StudioEluGradient',
  run: ({ dy, y }, _, operate) => operate('EluGrad', floats(), [dy!, y!], 1),
  gradient: {
    inputs: ['dy', 'y'],
    outputs: [],
    run: ([ddy], [dy, y]) => ({
      dy: () => eluGradient({ dy: ddy!, y: y! })[0]!,
      y: () => tf.mul(tf.mul(ddy!, dy!), tf.cast(tf.less(y!, 0), 'float32')),
    }),
  },
});

const elu: KernelCall = defineKernel({
  name: 'StudioElu',
  run: ({ x }, _, operate) => operate('Elu', floats(), [x!], 1),
  gradient: { inputs: ['x'], outputs: [], run: ([dy], [x]) => ({ x: () => eluGradient({ dy: dy!, y: elu({ x: x! })[0]! })[0]! }) },
});

function activate(x: Tensor, { function: name, slope = 0.2 }: ActivationOptions): Tensor {
  switch (name) {
    case 'relu': return relu({ x })[0]!;
    case 'leaky-relu': return leakyRelu({ x }, { slope })[0]!;
    case 'tanh': return tanh({ x })[0]!;
    case 'sigmoid': return sigmoid({ x })[0]!;
    case 'elu': return elu({ x })[0]!;
    case 'swish': return tf.mul(x, sigmoid({ x })[0]!);
  }
}

/** [...] -> [...]; `slope` is that of leaky ReLU below 0, and not negative. */
export const activation = defineLayer<ActivationOptions>({
  kind: 'activation',
  outputShape: (inputs) => only(inputs),
  weights: () => [],
  forward: ({ inputs, options }) => ({ output: activate(only(inputs), options) }),
  keras: ({ function: name, slope = 0.2 }) => name === 'leaky-relu'
    ? { className: 'LeakyReLU', config: { alpha: slope }, weights: [] }
    : { className: 'Activation', config: { activation: name }, weights: [] },
});
