/** Writes each operation of a finished network as nodes of ONNX, opset 17. */
import type { Numbers, OperationName, PortableNode } from '../../layers/index.ts';
import { turned } from '../numbers.ts';
import { samePadding, transposedPadding } from '../padding.ts';
import {
  CHANNELS_FIRST,
  CHANNELS_LAST,
  float,
  int,
  ints,
  isPicture,
  reshaped,
  text,
  type Site,
} from './graph.ts';
import { groupNorm, referenceNorm } from './norms.ts';

type NodeOf<Name extends OperationName> = Extract<PortableNode, { operation: Name }>;
type Write<Name extends OperationName> = (node: NodeOf<Name>, site: Site) => string;

const WRITERS: { [Name in OperationName]: Write<Name> } = {
  'dense'({ weights: { kernel, bias } }, { graph, values: [x] }) {
    const matrix = graph.constant('kernel', kernel);
    return bias
      ? graph.add('Gemm', [x, matrix, graph.constant('bias', bias)])
      : graph.add('MatMul', [x, matrix]);
  },
  'conv'({ weights, stride, padding, shapes: [[height = 1, width = 1]] }, site) {
    const [rows = 1, columns = 1] = weights.kernel.shape;
    const [down, across] =
      padding === 'same'
        ? [samePadding(height, rows, stride), samePadding(width, columns, stride)]
        : [NONE, NONE];
    return convolution('Conv', weights, {
      site,
      attributes: window([rows, columns], stride, [down, across]),
    });
  },
  'transposed-conv'({ weights, stride }, site) {
    const [rows = 1, columns = 1] = weights.kernel.shape;
    const [down, across] = [transposedPadding(rows, stride), transposedPadding(columns, stride)];
    return convolution('ConvTranspose', weights, {
      site,
      attributes: {
        ...window([rows, columns], stride, [down, across]),
        output_padding: ints(down.missing, across.missing),
      },
    });
  },
  'batch-norm'({ weights, epsilon, momentum }, { graph, values: [x] }) {
    const { scale, offset, mean, variance } = weights;
    return graph.add(
      'BatchNormalization',
      [
        x,
        graph.constant('scale', scale),
        graph.constant('offset', offset),
        graph.constant('mean', mean),
        graph.constant('variance', variance),
      ],
      { epsilon: float(epsilon), momentum: float(momentum), training_mode: int(0) },
    );
  },
  'group-norm': groupNorm,
  'reference-norm': referenceNorm,
  'activation'({ function: name, slope }, { graph, values: [x] }) {
    switch (name) {
      case 'relu':
        return graph.add('Relu', [x]);
      case 'leaky-relu':
        return graph.add('LeakyRelu', [x], { alpha: float(slope) });
      case 'tanh':
        return graph.add('Tanh', [x]);
      case 'sigmoid':
        return graph.add('Sigmoid', [x]);
      case 'elu':
        return graph.add('Elu', [x], { alpha: float(1) });
      case 'swish':
        return graph.add('Mul', [x, graph.add('Sigmoid', [x])]);
    }
  },
  'upsample'({ factor }, { graph, values: [x] }) {
    const scales = graph.constant('scales', {
      shape: [4],
      values: Float32Array.of(1, 1, factor, factor),
    });
    return graph.add('Resize', [x, '', scales], {
      mode: text('nearest'),
      coordinate_transformation_mode: text('asymmetric'),
      nearest_mode: text('floor'),
    });
  },
  'average-pool': ({ factor }, { graph, values: [x] }) =>
    graph.add('AveragePool', [x], { kernel_shape: ints(factor, factor), strides: ints(factor, factor) }),
  'global-average-pool': ({ shape }, { graph, values: [x] }) =>
    reshaped(graph, graph.add('GlobalAveragePool', [x]), shape),
  'pixel-shuffle': ({ factor }, { graph, values: [x] }) =>
    graph.add('DepthToSpace', [x], { blocksize: int(factor), mode: text('DCR') }),
  'reshape'({ shapes: [before], shape: after }, { graph, values: [x] }) {
    const last = isPicture(before) ? graph.add('Transpose', [x], CHANNELS_LAST) : x;
    const moved = reshaped(graph, last, after);
    return isPicture(after) ? graph.add('Transpose', [moved], CHANNELS_FIRST) : moved;
  },
  'add': (_, { graph, values }) => graph.add('Sum', values),
  'multiply'({ shapes: [shape, factor = shape] }, { graph, values: [x, y = x] }) {
    const isRowBesidePicture = isPicture(shape) && !isPicture(factor);
    return graph.add('Mul', [x, isRowBesidePicture ? reshaped(graph, y, [...factor, 1, 1]) : y]);
  },
  'concat': ({ shape }, { graph, values }) =>
    graph.add('Concat', values, { axis: int(isPicture(shape) ? 1 : shape.length) }),
  'mean-squared-difference'({ shapes: [shape] }, { graph, values: [x, y = x] }) {
    const difference = graph.add('Sub', [x, y]);
    const square = graph.add('Mul', [difference, difference]);
    const mean = graph.add('ReduceMean', [square], {
      axes: ints(...shape.map((_, axis) => axis + 1)),
      keepdims: int(1),
    });
    return reshaped(graph, mean, [1]);
  },
  'dropout': (_, { values: [x] }) => x,
  'noise': (_, { values: [x] }) => x,
  'nothing': (_, { values: [x] }) => x,
};

const NONE = { begin: 0, end: 0 };

type Sides<Value> = readonly [down: Value, across: Value];

/** The kernel's size, strides and padding as attributes of a convolution. */
const window = ([rows, columns]: Sides<number>, stride: number, [down, across]: Sides<typeof NONE>) => ({
  kernel_shape: ints(rows, columns),
  strides: ints(stride, stride),
  pads: ints(down.begin, across.begin, down.end, across.end),
});

/**
 * One transposition serves both kernels: [height, width, in, out] becomes [out, in, height, width], and the
 * [height, width, out, in] of a transposed convolution becomes [in, out, height, width].
 */
function convolution(
  type: 'Conv' | 'ConvTranspose',
  { kernel, bias }: { kernel: Numbers; bias?: Numbers | undefined },
  { site, attributes }: { site: Site; attributes: Parameters<Site['graph']['add']>[2] },
): string {
  const { graph, values } = site;
  const inputs = [values[0], graph.constant('kernel', turned(kernel, [3, 2, 0, 1]))];
  return graph.add(type, bias ? [...inputs, graph.constant('bias', bias)] : inputs, attributes);
}

/** Writes the operation, and returns the name of its result. */
export function writeOperation(node: PortableNode, site: Site): string {
  return (WRITERS[node.operation] as (node: PortableNode, site: Site) => string)(node, site);
}
