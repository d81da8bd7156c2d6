/** All layers, and the networks made of them. */
export { activation } from './activation.ts';
export { batchNorm } from './batch-norm.ts';
export { conv } from './conv.ts';
export { dense } from './dense.ts';
export { kindOf, type KerasLayer, type Layer, type Mode } from './layer.ts';
export { forward, initialWeights, inputNames, shapesOf, weightSpecs, type Network } from './network.ts';
export { flatten, reshape } from './reshape.ts';
export { transposedConv } from './transposed-conv.ts';
