/**
 * Writes each operation of a finished network as nodes of a frozen TensorFlow graph. Uses only operations
 * that TensorFlow.js's graph models support too.
 */
import type { OperationName, PortableNode } from '../../layers/index.ts';
import { attribute, type Shape } from '../../tensor.ts';
import type { LayerNodes } from './layer-nodes.ts';

type NodeOf<Name extends OperationName> = Extract<PortableNode, { operation: Name }>;

/** What an operation is written with: `inputs` are the names of the nodes that it takes. */
type WriterInput = { nodes: LayerNodes; inputs: readonly [string, ...string[]] };

/** Adds the nodes of an operation, and returns the name of the one with its result. */
type Writers = { [Name in OperationName]: (node: NodeOf<Name>, input: WriterInput) => string };

const pictures = () => attribute.text('data_format', 'NHWC');
const squares = (name: string, side: number) => attribute.int(name, [1, side, side, 1]);
const PADDINGS = { same: 'SAME', valid: 'VALID' };

const passOn = (_: PortableNode, { inputs: [x] }: WriterInput): string => x;

const WRITERS: Writers = {
  'dense'({ weights }, { nodes, inputs: [x] }) {
    const product = nodes.apply(
      'MatMul',
      [x, nodes.numbers('kernel', weights.kernel)],
      [attribute.boolean('transpose_a', false), attribute.boolean('transpose_b', false)],
    );
    return biased(nodes, product, weights);
  },

  'conv'({ weights, stride, padding }, { nodes, inputs: [x] }) {
    const sum = nodes.apply(
      'Conv2D',
      [x, nodes.numbers('kernel', weights.kernel)],
      [
        squares('strides', stride),
        squares('dilations', 1),
        attribute.text('padding', PADDINGS[padding]),
        pictures(),
      ],
    );
    return biased(nodes, sum, weights);
  },

  'transposed-conv'({ weights, stride, shape }, { nodes, inputs: [x] }) {
    const sizes = shape.map((size, axis) => nodes.integers(['height', 'width', 'filters'][axis] ?? '', size));
    const sum = nodes.apply(
      'Conv2DBackpropInput',
      [nodes.pack([nodes.rows(x), ...sizes]), nodes.numbers('kernel', weights.kernel), x],
      [squares('strides', stride), squares('dilations', 1), attribute.text('padding', 'SAME'), pictures()],
    );
    return biased(nodes, sum, weights);
  },

  /** One product and one sum, whose constants are computed here. */
  'batch-norm'({ weights: { scale, offset, mean, variance }, epsilon }, { nodes, inputs: [x] }) {
    const factor = scale.values.map((value, index) => value / Math.sqrt(at(variance, index) + epsilon));
    const summand = offset.values.map((value, index) => value - at(mean, index) * (factor[index] ?? 0));
    return affine(nodes, x, {
      scale: { shape: scale.shape, values: factor },
      offset: { shape: offset.shape, values: summand },
    });
  },

  'group-norm'({ weights, groups, epsilon, shape }, { nodes, inputs: [x] }) {
    const grouped = nodes.reshape(x, [positions(shape), groups, channels(shape) / groups]);
    const mean = nodes.mean(grouped, [1, 3]);
    const variance = nodes.mean(nodes.apply('SquaredDifference', [grouped, mean]), [1, 3]);
    const standard = standardised(nodes, grouped, { mean, variance, epsilon });
    return affine(nodes, nodes.reshape(standard, shape), weights);
  },

  'reference-norm'({ weights, share, epsilon, shape }, { nodes, inputs: [x] }) {
    const apart = nodes.reshape(x, [positions(shape), channels(shape)]);
    const own = nodes.mean(apart, [1]);
    const ownVariance = nodes.mean(nodes.apply('SquaredDifference', [apart, own]), [1]);
    const fixed = (name: string, values: Float32Array, weight: number) =>
      nodes.numbers(name, { shape: [channels(shape)], values: values.map((value) => value * weight) });
    const part = nodes.number('share', share);
    const mean = nodes.apply('AddV2', [
      nodes.apply('Mul', [own, part]),
      fixed('mean', weights.mean.values, 1 - share),
    ]);
    const between = nodes.apply('SquaredDifference', [own, nodes.numbers('fixed-mean', weights.mean)]);
    const within = nodes.apply('AddV2', [
      nodes.apply('Mul', [ownVariance, part]),
      fixed('variance', weights.variance.values, 1 - share),
    ]);
    const variance = nodes.apply('AddV2', [
      within,
      nodes.apply('Mul', [between, nodes.number('share-between', share * (1 - share))]),
    ]);
    return affine(
      nodes,
      nodes.reshape(standardised(nodes, apart, { mean, variance, epsilon }), shape),
      weights,
    );
  },

  'activation'({ function: name, slope }, { nodes, inputs: [x] }) {
    switch (name) {
      case 'relu':
        return nodes.apply('Relu', [x]);
      case 'leaky-relu':
        return nodes.apply('LeakyRelu', [x], [attribute.float('alpha', slope)]);
      case 'tanh':
        return nodes.apply('Tanh', [x]);
      case 'sigmoid':
        return nodes.apply('Sigmoid', [x]);
      case 'elu':
        return nodes.apply('Elu', [x]);
      case 'swish':
        return nodes.apply('Mul', [x, nodes.apply('Sigmoid', [x])]);
    }
  },

  'upsample': ({ shape: [height = 1, width = 1] }, { nodes, inputs: [x] }) =>
    nodes.apply(
      'ResizeNearestNeighbor',
      [x, nodes.integers('size', [height, width])],
      [attribute.boolean('align_corners', false), attribute.boolean('half_pixel_centers', false)],
    ),

  'average-pool': ({ factor }, { nodes, inputs: [x] }) =>
    nodes.apply(
      'AvgPool',
      [x],
      [squares('ksize', factor), squares('strides', factor), attribute.text('padding', 'VALID'), pictures()],
    ),

  'global-average-pool': ({ shape }, { nodes, inputs: [x] }) => nodes.reshape(nodes.mean(x, [1, 2]), shape),

  'pixel-shuffle': ({ factor }, { nodes, inputs: [x] }) =>
    nodes.apply('DepthToSpace', [x], [attribute.int('block_size', factor), pictures()]),

  'reshape': ({ shape }, { nodes, inputs: [x] }) => nodes.reshape(x, shape),

  'add': (_, { nodes, inputs: [first, ...others] }) =>
    others.reduce((sum, one) => nodes.apply('AddV2', [sum, one]), first),

  'multiply'({ shapes: [shape, factor = []] }, { nodes, inputs: [x, by = ''] }) {
    const missing = new Array<number>(shape.length - factor.length).fill(1);
    return nodes.apply('Mul', [x, missing.length === 0 ? by : nodes.reshape(by, [...missing, ...factor])]);
  },

  'concat': ({ shape }, { nodes, inputs }) =>
    nodes.apply(
      'ConcatV2',
      [...inputs, nodes.integers('axis', shape.length)],
      [attribute.int('N', inputs.length), attribute.intType('Tidx')],
    ),

  'mean-squared-difference'({ shapes: [compared], shape }, { nodes, inputs: [x, other = ''] }) {
    const axes = compared.map((_, axis) => axis + 1);
    return nodes.reshape(nodes.mean(nodes.apply('SquaredDifference', [x, other]), axes), shape);
  },

  'dropout': passOn,
  'noise': passOn,
  'nothing': passOn,
};

/** Adds the nodes of this operation, and returns the name of the one with its result. */
export function writeOperation(node: PortableNode, input: WriterInput): string {
  return (WRITERS[node.operation] as (node: PortableNode, input: WriterInput) => string)(node, input);
}

type Values = { shape: Shape; values: Float32Array };

const at = ({ values }: Values, index: number): number => values[index] ?? 0;
const channels = (shape: Shape): number => shape.at(-1) ?? 1;
const positions = (shape: Shape): number => shape.slice(0, -1).reduce((product, size) => product * size, 1);

/** x + bias, [channels]; x itself without a bias. */
function biased(nodes: LayerNodes, x: string, { bias }: { bias?: Values | undefined }): string {
  return bias ? nodes.apply('BiasAdd', [x, nodes.numbers('bias', bias)], [pictures()]) : x;
}

/** x scale + offset; scale and offset are [channels] */
function affine(nodes: LayerNodes, x: string, { scale, offset }: { scale: Values; offset: Values }): string {
  const product = nodes.apply('Mul', [x, nodes.numbers('scale', scale)]);
  return nodes.apply('AddV2', [product, nodes.numbers('offset', offset)]);
}

/** (x - mean) / sqrt(variance + epsilon) */
function standardised(
  nodes: LayerNodes,
  x: string,
  { mean, variance, epsilon }: { mean: string; variance: string; epsilon: number },
): string {
  const inverse = nodes.apply('Rsqrt', [nodes.apply('AddV2', [variance, nodes.number('epsilon', epsilon)])]);
  return nodes.apply('Mul', [nodes.apply('Sub', [x, mean]), inverse]);
}
