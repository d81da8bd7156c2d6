/**
 * Layers, and the networks made of them: shapes, first weights, forward pass, and portable operations for
 * exports. They build on main/tensor.ts, and know nothing of GANs.
 */
export { activation, type ActivationOptions } from './activation.ts';
export { add } from './add.ts';
export { averagePool, type AveragePoolOptions } from './average-pool.ts';
export { batchNorm } from './batch-norm.ts';
export { meanOver, scale, shift } from './broadcast.ts';
export { concat } from './concat.ts';
export { conv, type ConvOptions } from './conv.ts';
export { dense, type DenseOptions } from './dense.ts';
export { dropout, type DropoutOptions } from './dropout.ts';
export { globalAveragePool } from './global-average-pool.ts';
export { groupNorm, type GroupNormOptions } from './group-norm.ts';
export { instanceNorm } from './instance-norm.ts';
export { aboutLayer, kindOf, type Layer, type Mode, type WeightSpec } from './layer.ts';
export { layerNorm } from './layer-norm.ts';
export { minibatchDeviation, type MinibatchDeviationOptions } from './minibatch-deviation.ts';
export { minibatchDiscrimination, type MinibatchDiscriminationOptions } from './minibatch-discrimination.ts';
export { multiply } from './multiply.ts';
export {
  forward,
  initialWeights,
  inputNames,
  mixingOf,
  shaped,
  shapesOf,
  prunedTo,
  weightSpecs,
  weightsOf,
  type Network,
  type Shaped,
} from './network.ts';
export { noise, type NoiseOptions } from './noise.ts';
export { portableNetwork, type PortableNetwork, type PortableNode } from './portable-network.ts';
export type { Numbers, Operation, OperationName, Operations } from './portable.ts';
export { pixelShuffle, type PixelShuffleOptions } from './pixel-shuffle.ts';
export { reconstructionError } from './reconstruction-error.ts';
export { referenceBatch, withoutReference, type ReferenceOptions } from './reference-batch.ts';
export { flatten, reshape } from './reshape.ts';
export { transposedConv, type TransposedConvOptions } from './transposed-conv.ts';
export { upsample, type UpsampleOptions } from './upsample.ts';
export { upsampleConv, type UpsampleConvOptions } from './upsample-conv.ts';
export { virtualBatchNorm } from './virtual-batch-norm.ts';
