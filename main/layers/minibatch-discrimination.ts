/**
 * Minibatch discrimination (Salimans et al. 2016): tells D how near each image lies to the others of its
 * batch.
 */
import { defineKernel, type KernelCall } from '../kernel.ts';
import { attribute, operate, tf, type Tensor, type Tensor2D, type Tensor3D } from '../tensor.ts';
import { sumOver } from './broadcast.ts';
import { defineLayer } from './layer.ts';

export type MinibatchDiscriminationOptions = { kernels?: number; dimensions?: number };

/** Added to the distance of an image to itself, which the sum then leaves out: exp(-FAR) is 0. */
const FAR = 1e6;

// In tfjs, the gradient of Abs takes six operations and constants as large as x.
const absolute = defineKernel({
  name: 'StudioAbsolute',
  inputs: ['x'],
  outputs: ['y'],
  run: ({ x }) => ({ y: operate('Abs', [attribute.floatType('T')], [x]) }),
  gradient: {
    keeps: ['x'],
    run: ({ y: dy }, { x }) => ({ x: () => tf.mul(dy, operate('Sign', [attribute.floatType('T')], [x])) }),
  },
});

// tfjs's own second-order gradient of Exp is wrong, because the output that it saves is not connected to the
// tape.
const exponential: KernelCall<'x', 'y'> = defineKernel({
  name: 'StudioExponential',
  inputs: ['x'],
  outputs: ['y'],
  run: ({ x }) => ({ y: operate('Exp', [attribute.floatType('T')], [x]) }),
  gradient: {
    keeps: ['x'],
    run: ({ y: dy }, { x }) => ({ x: () => tf.mul(dy, exponential({ x }, {}).y) }),
  },
});

/**
 * M, [batch, dimensions, kernels] -> o_ik = sum over j != i of exp(-sum_d |M_idk - M_jdk|), [batch, kernels]
 */
function closeness(m: Tensor3D): Tensor {
  const [batch, dimensions, kernels] = m.shape;
  const differences = tf.sub(
    tf.reshape(m, [batch, 1, dimensions, kernels]),
    tf.reshape(m, [1, batch, dimensions, kernels]),
  );
  const distances = tf.reshape(sumOver(absolute({ x: differences }, {}).y, [2]), [batch, batch, kernels]);
  const selves = tf.mul(tf.reshape(tf.eye(batch), [batch, batch, 1]), FAR);
  return tf.reshape(sumOver(exponential({ x: tf.neg(tf.add(distances, selves)) }, {}).y, [1]), [
    batch,
    kernels,
  ]);
}

/**
 * Appends o, the closeness of M = x T, to x, where T has `dimensions` * `kernels` numbers for each feature;
 * [n] -> [n + kernels]
 */
export const minibatchDiscrimination = defineLayer<{
  takes: ['row'];
  weights: { kernel: Tensor2D };
  options: MinibatchDiscriminationOptions;
}>({
  kind: 'minibatch-discrimination',
  about: {
    text: 'Adds features that measure how close each picture is to the others of its batch, so that D notices when all fakes are alike.',
    formula: 'o(xᵢ) = Σⱼ≠ᵢ exp(−‖Mᵢ − Mⱼ‖₁)',
  },
  takes: ['row'],
  mixesBatch: {
    name: 'minibatch discrimination',
    effect: 'D compares the points of a batch',
    remedy: 'Switch off one of the two; packing also shows D variety, without mixing the batch.',
  },
  outputShape: ([[features]], { kernels = 100 }) => [features + kernels],
  weights: ([[features]], { kernels = 100, dimensions = 5 }) => [
    {
      name: 'kernel',
      shape: [features, dimensions * kernels],
      initial: { mean: 0, deviation: 0.05 },
      movedBy: 'gradient',
    },
  ],
  forward({ inputs: [x], weights: { kernel }, options: { kernels = 100, dimensions = 5 } }) {
    const [batch] = x.shape;
    const near = closeness(tf.reshape(tf.matMul(x, kernel), [batch, dimensions, kernels]));
    return { output: tf.concat<Tensor>([x, near], 1) };
  },
  portable: () => ({ refused: 'compares the pictures of a batch, which only D does while it trains' }),
});
