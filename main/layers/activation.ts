/**
 * Activations, element by element, on TensorFlow's fused gradients, which tfjs leaves out.
 *
 * Each gradient is taken from the output: a graph can then fuse the activation into the operation before it. Where the second
 * order needs that output it is computed anew, for what tfjs saves of it is cut off from the tape; a graph merges the two.
 */
import {
  attribute,
  defineKernel,
  stopGradient,
  tf,
  type Attribute,
  type KernelCall,
  type Tensor,
} from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

export type ActivationOptions = {
  function: 'relu' | 'leaky-relu' | 'tanh' | 'sigmoid' | 'elu' | 'swish';
  slope?: number;
};

const floats = () => [attribute.floatType('T')];

type Kinked = {
  name: string;
  operation: string;
  attributes: (settings: Record<string, number>) => Attribute[];
};

/** A function of straight pieces. Its gradient is linear in dy, with a slope that is constant around y: it is its own gradient. */
function defineKinked({ name, operation, attributes }: Kinked): KernelCall {
  const gradient: KernelCall = defineKernel({
    name: `${name}Gradient`,
    run: ({ dy, y }, settings, operate) => operate(`${operation}Grad`, attributes(settings), [dy!, y!], 1),
    gradient: {
      inputs: ['y'],
      outputs: [],
      run: ([ddy], [y], settings) => ({
        dy: () => gradient({ dy: ddy!, y: stopGradient(y!) }, settings)[0]!,
      }),
    },
  });
  return defineKernel({
    name,
    run: ({ x }, settings, operate) => operate(operation, attributes(settings), [x!], 1),
    gradient: {
      inputs: [],
      outputs: [true],
      run: ([dy], [y], settings) => ({ x: () => gradient({ dy: dy!, y: stopGradient(y!) }, settings)[0]! }),
    },
  });
}

/** A curved function whose slope is a function of its output y; `bend` is the derivative of that slope by y. */
function defineCurved({
  name,
  operation,
  yFirst,
  bend,
}: {
  name: string;
  operation: string;
  yFirst: boolean;
  bend: (y: Tensor) => Tensor;
}): KernelCall {
  const gradient: KernelCall = defineKernel({
    name: `${name}Gradient`,
    run: ({ dy, y }, _, operate) => operate(`${operation}Grad`, floats(), yFirst ? [y!, dy!] : [dy!, y!], 1),
    gradient: {
      inputs: ['dy', 'y'],
      outputs: [],
      run: ([ddy], [dy, y]) => ({
        dy: () => gradient({ dy: ddy!, y: y! })[0]!,
        y: () => tf.mul(tf.mul(ddy!, dy!), bend(y!)),
      }),
    },
  });
  const call: KernelCall = defineKernel({
    name,
    run: ({ x }, _, operate) => operate(operation, floats(), [x!], 1),
    gradient: {
      inputs: ['x'],
      outputs: [],
      run: ([dy], [x]) => ({ x: () => gradient({ dy: dy!, y: call({ x: x! })[0]! })[0]! }),
    },
  });
  return call;
}

const relu = defineKinked({ name: 'StudioRelu', operation: 'Relu', attributes: floats });
const leakyRelu = defineKinked({
  name: 'StudioLeakyRelu',
  operation: 'LeakyRelu',
  attributes: ({ slope }) => [attribute.float('alpha', slope!), ...floats()],
});
const tanh = defineCurved({
  name: 'StudioTanh',
  operation: 'Tanh',
  yFirst: true,
  bend: (y) => tf.mul(y, -2),
}); // slope 1 - y^2
const sigmoid = defineCurved({
  name: 'StudioSigmoid',
  operation: 'Sigmoid',
  yFirst: true,
  bend: (y) => tf.sub(1, tf.mul(y, 2)),
}); // slope y (1 - y)
const elu = defineCurved({
  name: 'StudioElu',
  operation: 'Elu',
  yFirst: false,
  bend: (y) => tf.cast(tf.less(y, 0), 'float32'),
}); // slope y < 0 ? y + 1 : 1

function activate(x: Tensor, { function: name, slope = 0.2 }: ActivationOptions): Tensor {
  switch (name) {
    case 'relu':
      return relu({ x })[0]!;
    case 'leaky-relu':
      return leakyRelu({ x }, { slope })[0]!;
    case 'tanh':
      return tanh({ x })[0]!;
    case 'sigmoid':
      return sigmoid({ x })[0]!;
    case 'elu':
      return elu({ x })[0]!;
    case 'swish':
      return tf.mul(x, sigmoid({ x })[0]!);
  }
}

/** [...] -> [...]; `slope` is that of leaky ReLU below 0, and not negative. */
export const activation = defineLayer<ActivationOptions>({
  kind: 'activation',
  about: {
    text: 'Bends every number on its own. Going back, each gradient is multiplied by the slope at that number: 0 where a ReLU is off.',
    formula: 'y = f(x);  ∂L/∂x = f′(x) · ∂L/∂y',
  },
  outputShape: (inputs) => only(inputs),
  weights: () => [],
  forward: ({ inputs, options }) => ({ output: activate(only(inputs), options) }),
  keras: ({ function: name, slope = 0.2 }) =>
    name === 'leaky-relu'
      ? { className: 'LeakyReLU', config: { alpha: slope }, weights: [] }
      : { className: 'Activation', config: { activation: name }, weights: [] },
});
