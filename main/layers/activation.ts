/**
 * Activation functions, element by element, with TensorFlow's fused gradient operations, which tfjs does not
 * use.
 *
 * Each gradient is computed from the output, so that a graph can fuse the activation into the operation
 * before it. Where the second-order gradient needs the output, it is computed again, because the output that
 * tfjs saves is not connected to the tape; a graph merges the two computations.
 */
import { defineKernel, type KernelCall, type Settings } from '../kernel.ts';
import { attribute, operate, stopGradient, tf, type Attribute, type Tensor } from '../tensor.ts';
import { defineLayer, EACH_NUMBER } from './layer.ts';

export type ActivationOptions = {
  function: 'relu' | 'leaky-relu' | 'tanh' | 'sigmoid' | 'elu' | 'swish';
  slope?: number;
};

const floats = () => [attribute.floatType('T')];

type Activation<Options extends Settings = Record<string, never>> = KernelCall<'x', 'y', Options>;
type Gradient<Options extends Settings = Record<string, never>> = KernelCall<'dy' | 'y', 'dx', Options>;

type PiecewiseLinear<Options extends Settings> = {
  name: string;
  operation: string;
  attributes: (settings: Options) => Attribute[];
};

/**
 * A piecewise linear function. Its gradient is linear in dy and locally constant in y, so that the gradient
 * kernel is its own gradient.
 */
function definePiecewiseLinear<Options extends Settings>({
  name,
  operation,
  attributes,
}: PiecewiseLinear<Options>): Activation<Options> {
  const gradient: Gradient<Options> = defineKernel({
    name: `${name}Gradient`,
    inputs: ['dy', 'y'],
    outputs: ['dx'],
    run: ({ dy, y }, settings: Options) => ({
      dx: operate(`${operation}Grad`, attributes(settings), [dy, y]),
    }),
    gradient: {
      keeps: ['y'],
      run: ({ dx: ddx }, { y }, settings) => ({
        dy: () => gradient({ dy: ddx, y: stopGradient(y) }, settings).dx,
      }),
    },
  });
  return defineKernel({
    name,
    inputs: ['x'],
    outputs: ['y'],
    run: ({ x }, settings: Options) => ({ y: operate(operation, attributes(settings), [x]) }),
    gradient: {
      keeps: ['y'],
      run: ({ y: dy }, { y }, settings) => ({ x: () => gradient({ dy, y: stopGradient(y) }, settings).dx }),
    },
  });
}

/**
 * A curved function whose derivative is a function of its output y; `bend` is the derivative of that function
 * by y.
 */
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
}): Activation {
  const gradient: Gradient = defineKernel({
    name: `${name}Gradient`,
    inputs: ['dy', 'y'],
    outputs: ['dx'],
    run: ({ dy, y }) => ({ dx: operate(`${operation}Grad`, floats(), yFirst ? [y, dy] : [dy, y]) }),
    gradient: {
      keeps: ['dy', 'y'],
      run: ({ dx: ddx }, { dy, y }) => ({
        dy: () => gradient({ dy: ddx, y }, {}).dx,
        y: () => tf.mul(tf.mul(ddx, dy), bend(y)),
      }),
    },
  });
  const call: Activation = defineKernel({
    name,
    inputs: ['x'],
    outputs: ['y'],
    run: ({ x }) => ({ y: operate(operation, floats(), [x]) }),
    gradient: {
      keeps: ['x'],
      run: ({ y: dy }, { x }) => ({ x: () => gradient({ dy, y: call({ x }, {}).y }, {}).dx }),
    },
  });
  return call;
}

const relu = definePiecewiseLinear({ name: 'StudioRelu', operation: 'Relu', attributes: floats });
const leakyRelu = definePiecewiseLinear({
  name: 'StudioLeakyRelu',
  operation: 'LeakyRelu',
  attributes: ({ slope }: { slope: number }) => [attribute.float('alpha', slope), ...floats()],
});
const tanh = defineCurved({
  name: 'StudioTanh',
  operation: 'Tanh',
  yFirst: true,
  bend: (y) => tf.mul(y, -2),
}); // f' = 1 - y^2
const sigmoid = defineCurved({
  name: 'StudioSigmoid',
  operation: 'Sigmoid',
  yFirst: true,
  bend: (y) => tf.sub(1, tf.mul(y, 2)),
}); // f' = y (1 - y)
const elu = defineCurved({
  name: 'StudioElu',
  operation: 'Elu',
  yFirst: false,
  bend: (y) => tf.cast(tf.less(y, 0), 'float32'),
}); // f' = y < 0 ? y + 1 : 1

function activate(x: Tensor, { function: name, slope = 0.2 }: ActivationOptions): Tensor {
  switch (name) {
    case 'relu':
      return relu({ x }, {}).y;
    case 'leaky-relu':
      return leakyRelu({ x }, { slope }).y;
    case 'tanh':
      return tanh({ x }, {}).y;
    case 'sigmoid':
      return sigmoid({ x }, {}).y;
    case 'elu':
      return elu({ x }, {}).y;
    case 'swish':
      return tf.mul(x, sigmoid({ x }, {}).y);
  }
}

/** [...] -> [...]; `slope`, 0 or more, is that of leaky ReLU for negative numbers; 0.2 by default. */
export const activation = defineLayer<{ takes: ['any']; options: ActivationOptions }>({
  kind: 'activation',
  about: {
    text: 'Applies a function to every number. In the backward pass, each gradient is multiplied by the derivative at that number: 0 where a ReLU is off.',
    formula: 'y = f(x);  ∂L/∂x = f′(x) · ∂L/∂y',
  },
  ...EACH_NUMBER,
  forward: ({ inputs: [x], options }) => ({ output: activate(x, options) }),
  portable: ({ options: { function: name, slope = 0.2 } }) => ({
    operation: 'activation',
    function: name,
    slope,
  }),
});
