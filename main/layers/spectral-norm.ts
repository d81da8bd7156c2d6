/**
 * Spectral normalisation (Miyato et al. 2018): a kernel divided by its largest singular value, W / sigma(W),
 * or c times that.
 *
 * Each forward pass in training makes one power iteration. The singular vector `u` is carried from step to
 * step, and the gradient treats `u` and `v` as constants, as in PyTorch's parametrizations.spectral_norm.
 */
import {
  stopGradient,
  tf,
  type Shape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '../tensor.ts';
import type { Initial, Mode, WeightSpec } from './layer.ts';

const SMALLEST = 1e-24;

/**
 * `spectralNorm`: the largest singular value to which a layer's kernel is scaled, c in Lin, Sekar and Fanti
 * 2021, section 5; 1 in Miyato et al. 2018. Without it, the kernel is not normalised.
 */
export type SpectralNorm = { spectralNorm?: number };

/**
 * The axis of a kernel that counts the outputs: the last one; in a transposed convolution, the last but one.
 */
type Axis = 'last' | 'last but one';

/** Weights of a layer with a kernel; it is normalised if it has a `u`. */
export type WithKernel<Kernel extends Tensor2D | Tensor4D> = { kernel: Kernel; bias?: Tensor1D; u?: Tensor };

/**
 * The kernel of a layer, and its bias and `u` if the options ask for them; `outputs` is its number of units
 * or filters.
 */
export function kernelWeights({
  shape,
  outputs,
  bias,
  spectralNorm,
  start = { kernel: { mean: 0, deviation: 0.02 }, bias: { value: 0 } },
}: SpectralNorm & {
  shape: Shape;
  outputs: number;
  bias: boolean;
  start?: { kernel: Initial; bias: Initial };
}): WeightSpec<'kernel' | 'bias' | 'u'>[] {
  const specs: WeightSpec<'kernel' | 'bias' | 'u'>[] = [
    { name: 'kernel', shape, initial: start.kernel, movedBy: 'gradient' },
  ];
  if (bias) specs.push({ name: 'bias', shape: [outputs], initial: start.bias, movedBy: 'gradient' });
  if (spectralNorm)
    specs.push({ name: 'u', shape: [outputs], initial: { mean: 0, deviation: 1 }, movedBy: 'statistics' });
  return specs;
}

/** The layer's kernel, normalised if the layer has a `u`, and in training the next `u`. */
export function kernelOf<Kernel extends Tensor2D | Tensor4D>({
  weights: { kernel, u: before },
  mode,
  spectralNorm = 1,
  outputs = 'last',
}: SpectralNorm & {
  weights: WithKernel<Kernel>;
  mode: Mode;
  outputs?: Axis;
}): { kernel: Kernel; statistics: { u?: Tensor } } {
  if (!before) return { kernel, statistics: {} };
  const matrix = asMatrix(kernel, outputs); // [inputs, outputs]
  const constant = stopGradient(matrix);
  const column = tf.reshape(stopGradient(before), [-1, 1]);
  // [outputs, 1]
  const u = unit(mode === 'training' ? tf.matMul(constant, unit(tf.matMul(constant, column)), true) : column);
  const image = tf.matMul(matrix, u); // [inputs, 1]
  const sigma = tf.sum(tf.mul(unit(stopGradient(image)), image));
  return {
    kernel: tf.mul(kernel, tf.div(spectralNorm, sigma)),
    statistics: mode === 'training' ? { u: tf.reshape(u, before.shape) } : {},
  };
}

/** The kernel as inference uses it, and the bias. */
export function finishedKernel<Kernel extends Tensor2D | Tensor4D>(
  given: SpectralNorm & { weights: WithKernel<Kernel>; outputs?: Axis },
): { kernel: Tensor; bias?: Tensor | undefined } {
  return { kernel: kernelOf({ ...given, mode: 'inference' }).kernel, bias: given.weights.bias };
}

function asMatrix(kernel: Tensor2D | Tensor4D, outputs: Axis): Tensor {
  const turned = outputs === 'last' ? kernel : tf.transpose(kernel, [0, 1, 3, 2]);
  return tf.reshape(turned, [-1, ...turned.shape.slice(-1)]);
}

/** x / |x| */
function unit(x: Tensor): Tensor {
  return tf.mul(x, tf.rsqrt(tf.maximum(tf.sum(tf.square(x)), SMALLEST)));
}
