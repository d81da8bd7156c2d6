/** Minibatch discrimination (Salimans et al. 2016): tells D how near each image lies to the others of its batch. */
import { attribute, defineKernel, runOperation, tf, type KernelCall, type Tensor } from '../tensor.ts';
import { sumOver } from './broadcast.ts';
import { defineLayer, only } from './layer.ts';

export type MinibatchDiscriminationOptions = { kernels?: number; dimensions?: number };

/** exp(-FAR) is 0. */
const FAR = 1e6;

// tfjs composes Abs' gradient of six operations and constants as large as x.
const absolute = defineKernel({
  name: 'StudioAbsolute',
  run: ({ x }, _, operate) => operate('Abs', [attribute.floatType('T')], [x!], 1),
  gradient: {
    inputs: ['x'],
    outputs: [],
    run: ([dy], [x]) => ({
      x: () => tf.mul(dy!, runOperation('Sign', [attribute.floatType('T')], [x!], 1)[0]!),
    }),
  },
});

// What tfjs saves of Exp's output is cut off from the tape, and its second-order gradient wrong.
const exponential: KernelCall = defineKernel({
  name: 'StudioExponential',
  run: ({ x }, _, operate) => operate('Exp', [attribute.floatType('T')], [x!], 1),
  gradient: {
    inputs: ['x'],
    outputs: [],
    run: ([dy], [x]) => ({ x: () => tf.mul(dy!, exponential({ x: x! })[0]!) }),
  },
});

/** Of M, [batch, dimensions, kernels]: o_ik = sum over j != i of exp(-sum_d |M_idk - M_jdk|), [batch, kernels]. */
function closeness(m: Tensor): Tensor {
  const [batch, dimensions, kernels] = m.shape as [number, number, number];
  const differences = tf.sub(
    tf.reshape(m, [batch, 1, dimensions, kernels]),
    tf.reshape(m, [1, batch, dimensions, kernels]),
  );
  const distances = tf.reshape(sumOver(absolute({ x: differences })[0]!, [2]), [batch, batch, kernels]);
  const selves = tf.mul(tf.reshape(tf.eye(batch), [batch, batch, 1]), FAR);
  return tf.reshape(sumOver(exponential({ x: tf.neg(tf.add(distances, selves)) })[0]!, [1]), [
    batch,
    kernels,
  ]);
}

/** M = x T, and the output is x beside o, where T is `dimensions` x `kernels` numbers for each feature; [n] -> [n + kernels] */
export const minibatchDiscrimination = defineLayer<MinibatchDiscriminationOptions>({
  kind: 'minibatch-discrimination',
  about: {
    text: 'Tells D how close each image is to the others of its batch, so that fakes which are all alike give themselves away.',
    formula: 'o(xᵢ) = Σⱼ exp(−‖Mᵢ − Mⱼ‖₁)',
  },
  outputShape: (inputs, { kernels = 100 }) => [only(inputs)[0]! + kernels],
  weights: (inputs, { kernels = 100, dimensions = 5 }) => [
    {
      name: 'kernel',
      shape: [only(inputs)[0]!, dimensions * kernels],
      initial: { mean: 0, deviation: 0.05 },
      movedBy: 'gradient',
    },
  ],
  forward({ inputs, weights, options: { kernels = 100, dimensions = 5 } }) {
    const x = only(inputs);
    const m = tf.reshape(tf.matMul(x, weights['kernel']!), [x.shape[0]!, dimensions, kernels]);
    return { output: tf.concat([x, closeness(m)], 1) };
  },
});
