/** Writes each operation of a finished network as layers of Keras 3. */
import { StudioError } from '../../contract/index.ts';
import type { Numbers, OperationName, PortableNode } from '../../layers/index.ts';
import type { Shape } from '../../tensor.ts';

/** One of Keras's own layers; omitted options have Keras's defaults. */
export type KerasLayer = {
  className: string;
  options: Record<string, unknown>;
  /** In Keras's order. */
  weights?: Numbers[];
  /** The shape of its output, without the batch. Default: that of the whole operation. */
  shape?: Shape;
  /** Its two inputs are both the layer before it. */
  squares?: true;
};

type NodeOf<Name extends OperationName> = Extract<PortableNode, { operation: Name }>;
/**
 * A chain of layers: the first takes the inputs of the operation, each other one the output of the one before
 * it.
 */
type Writers = { [Name in OperationName]: (node: NodeOf<Name>) => KerasLayer[] };

const PICTURES = { data_format: 'channels_last' };

const WRITERS: Writers = {
  'dense': ({ weights, shape: [units] }) => [
    { className: 'Dense', options: { units, use_bias: !!weights.bias }, weights: kernel(weights) },
  ],

  'conv': ({ weights, stride, padding }) => [
    {
      className: 'Conv2D',
      options: {
        filters: weights.kernel.shape[3],
        kernel_size: weights.kernel.shape.slice(0, 2),
        strides: [stride, stride],
        padding,
        use_bias: !!weights.bias,
        ...PICTURES,
      },
      weights: kernel(weights),
    },
  ],

  'transposed-conv': ({ weights, stride }) => [
    {
      className: 'Conv2DTranspose',
      options: {
        filters: weights.kernel.shape[2],
        kernel_size: weights.kernel.shape.slice(0, 2),
        strides: [stride, stride],
        padding: 'same',
        use_bias: !!weights.bias,
        ...PICTURES,
      },
      weights: kernel(weights),
    },
  ],

  'batch-norm': ({ weights: { scale, offset, mean, variance }, epsilon, momentum }) => [
    {
      className: 'BatchNormalization',
      options: { axis: -1, epsilon, momentum },
      weights: [scale, offset, mean, variance],
    },
  ],

  /** For rows in one group Keras has another layer. */
  'group-norm': ({ weights: { scale, offset }, groups, epsilon, shape }) => [
    shape.length === 1 && groups === 1
      ? { className: 'LayerNormalization', options: { axis: -1, epsilon }, weights: [scale, offset] }
      : {
          className: 'GroupNormalization',
          options: { groups, axis: -1, epsilon },
          weights: [scale, offset],
        },
  ],

  'reference-norm': ({ name }) => {
    throw notPortable(name);
  },

  'activation'({ function: name, slope }) {
    if (name === 'leaky-relu') return [{ className: 'LeakyReLU', options: { negative_slope: slope } }];
    return [{ className: 'Activation', options: { activation: name === 'swish' ? 'silu' : name } }];
  },

  'upsample': ({ factor }) => [
    { className: 'UpSampling2D', options: { size: [factor, factor], interpolation: 'nearest', ...PICTURES } },
  ],

  'average-pool': ({ factor }) => [
    {
      className: 'AveragePooling2D',
      options: { pool_size: [factor, factor], strides: [factor, factor], padding: 'valid', ...PICTURES },
    },
  ],

  'global-average-pool': () => [{ className: 'GlobalAveragePooling2D', options: PICTURES }],

  'pixel-shuffle'({ factor, shapes: [[height = 1, width = 1, channels = 1]], shape }) {
    const apart = [height, width, factor, channels / factor];
    const turned = [height, factor, width, channels / factor];
    return [
      { className: 'Reshape', options: { target_shape: apart }, shape: apart },
      { className: 'Permute', options: { dims: [1, 3, 2, 4] }, shape: turned },
      { className: 'Reshape', options: { target_shape: shape } },
    ];
  },

  'reshape': ({ shape }) => [{ className: 'Reshape', options: { target_shape: shape } }],
  'add': () => [{ className: 'Add', options: {} }],
  'multiply': () => [{ className: 'Multiply', options: {} }],
  'concat': () => [{ className: 'Concatenate', options: { axis: -1 } }],

  'mean-squared-difference'({ shapes: [shape] }) {
    const row = [shape.reduce((product, size) => product * size, 1), 1];
    return [
      { className: 'Subtract', options: {}, shape },
      { className: 'Multiply', options: {}, shape, squares: true },
      { className: 'Reshape', options: { target_shape: row }, shape: row },
      { className: 'GlobalAveragePooling1D', options: PICTURES },
    ];
  },

  'dropout': ({ rate }) => [{ className: 'Dropout', options: { rate } }],
  'noise': ({ scale }) => [{ className: 'GaussianNoise', options: { stddev: scale } }],
  'nothing': () => [{ className: 'Identity', options: {} }],
};

/** The chain of layers for an operation. Throws StudioError `not-portable`. */
export function kerasLayers(node: PortableNode): KerasLayer[] {
  return (WRITERS[node.operation] as (node: PortableNode) => KerasLayer[])(node);
}

type Kernel = { kernel: Numbers; bias?: Numbers | undefined };

const kernel = (weights: Kernel): Numbers[] =>
  weights.bias ? [weights.kernel, weights.bias] : [weights.kernel];

function notPortable(name: string): StudioError {
  return new StudioError({
    code: 'not-portable',
    message: `The layer "${name}" normalises each picture together with a fixed reference batch, which Keras has no layer for.`,
    remedy:
      'Export to ONNX, PyTorch, SavedModel or TensorFlow.js, or train without virtual batch normalisation.',
  });
}
