/** Activations, element by element. ReLU and leaky ReLU use TensorFlow's fused gradients, which tfjs leaves out. */
import { attribute, defineKernel, tf, type Tensor } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

type Options = { function: 'relu' | 'leaky-relu' | 'tanh' | 'sigmoid'; slope?: number };

// The gradient is linear in dy with the slope taken from x, so its own gradient with respect to dy is the same operation.
const reluGradient = defineKernel({
  name: 'StudioReluGradient',
  run: ({ dy, x }, _, operate) => operate('ReluGrad', [attribute.floatType('T')], [dy!, x!], 1),
  gradient: {
    inputs: ['dy', 'x'],
    outputs: [],
    run: ([ddx], [, x]) => ({ dy: () => reluGradient({ dy: ddx!, x: x! })[0]!, x: () => tf.zerosLike(x!) }),
  },
});

const fusedRelu = defineKernel({
  name: 'StudioRelu',
  run: ({ x }, _, operate) => operate('Relu', [attribute.floatType('T')], [x!], 1),
  gradient: { inputs: ['x'], outputs: [], run: ([dy], [x]) => ({ x: () => reluGradient({ dy: dy!, x: x! })[0]! }) },
});

const leakyReluGradient = defineKernel({
  name: 'StudioLeakyReluGradient',
  run: ({ dy, x }, { slope }, operate) =>
    operate('LeakyReluGrad', [attribute.float('alpha', slope!), attribute.floatType('T')], [dy!, x!], 1),
  gradient: {
    inputs: ['dy', 'x'],
    outputs: [],
    run: ([ddx], [, x], settings) => ({
      dy: () => leakyReluGradient({ dy: ddx!, x: x! }, settings)[0]!,
      x: () => tf.zerosLike(x!),
    }),
  },
});

const fusedLeakyRelu = defineKernel({
  name: 'StudioLeakyRelu',
  run: ({ x }, { slope }, operate) =>
    operate('LeakyRelu', [attribute.float('alpha', slope!), attribute.floatType('T')], [x!], 1),
  gradient: {
    inputs: ['x'],
    outputs: [],
    run: ([dy], [x], settings) => ({ x: () => leakyReluGradient({ dy: dy!, x: x! }, settings)[0]! }),
  },
});

function activate(x: Tensor, { function: name, slope = 0.2 }: Options): Tensor {
  switch (name) {
    case 'relu': return fusedRelu({ x })[0]!;
    case 'leaky-relu': return fusedLeakyRelu({ x }, { slope })[0]!;
    case 'tanh': return tf.tanh(x);
    case 'sigmoid': return tf.sigmoid(x);
  }
}

/** [...] -> [...] */
export const activation = defineLayer<Options>({
  kind: 'activation',
  outputShape: (inputs) => only(inputs),
  weights: () => [],
  forward: ({ inputs, options }) => ({ output: activate(only(inputs), options) }),
  keras: ({ function: name, slope = 0.2 }) => name === 'leaky-relu'
    ? { className: 'LeakyReLU', config: { alpha: slope }, weights: [] }
    : { className: 'Activation', config: { activation: name }, weights: [] },
});
