/** Rewrites a finished network into fewer operations, which compute the same faster. */
import type { Numbers, Operation, PortableNetwork, PortableNode } from '../../layers/index.ts';

type Kernel = Extract<PortableNode, { operation: 'dense' | 'conv' | 'transposed-conv' }>;
type Norm = Extract<PortableNode, { operation: 'batch-norm' }>;

/** Merges two nodes in a row into one operation; returns undefined if they cannot be merged. */
type Merge = (first: PortableNode, second: PortableNode) => Operation<Numbers> | undefined;

/** Removes operations that only pass on their input, and merges upsampling and batch norms into kernels. */
export function folded(network: PortableNetwork): PortableNetwork {
  return [withUpsampling, withNorm].reduce(merged, withoutPassing(network));
}

const PASSING: readonly PortableNode['operation'][] = ['dropout', 'noise', 'nothing'];

function withoutPassing({ inputs, nodes, outputs }: PortableNetwork): PortableNetwork {
  const origin = new Map<string, string>();
  const from = (name: string): string => origin.get(name) ?? name;
  const kept = nodes.flatMap((node) => {
    const [first, ...others] = node.inputs;
    if (!PASSING.includes(node.operation)) return [{ ...node, inputs: [from(first), ...others.map(from)] }];
    origin.set(node.name, from(first));
    return [];
  }) as PortableNode[];
  return {
    inputs,
    nodes: kept,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, from(node)])),
  };
}

/** Merges nodes into the one before them, wherever that is possible and nothing else uses the one before. */
function merged({ inputs, nodes, outputs }: PortableNetwork, merge: Merge): PortableNetwork {
  const uses = [...nodes.flatMap((node) => node.inputs), ...Object.values(outputs)];
  const kept = new Map<string, PortableNode>();
  for (const node of nodes) {
    const [from, ...others] = node.inputs;
    const before = kept.get(from);
    const isItsOwn = others.length === 0 && uses.filter((name) => name === from).length === 1;
    const one = before && isItsOwn ? merge(before, node) : undefined;
    if (before && one) {
      kept.delete(from);
      const { name, shape } = node;
      kept.set(name, { ...one, name, shape, inputs: before.inputs, shapes: before.shapes } as PortableNode);
    } else kept.set(node.name, node);
  }
  return { inputs, nodes: [...kept.values()], outputs };
}

/**
 * Along one axis, for each index of the 4 x 4 kernel: the indices of the 3 x 3 kernel that add up to it,
 * since every pixel is repeated (see main/layers/upsample-conv.ts).
 */
const GATHERED = [[2], [1, 2], [0, 1], [0]];

const withUpsampling: Merge = (first, second) => {
  if (first.operation !== 'upsample' || first.factor !== 2) return undefined;
  if (second.operation !== 'conv' || second.stride !== 1 || second.padding !== 'same') return undefined;
  const { kernel, bias } = second.weights;
  const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape;
  if (height !== 3 || width !== 3) return undefined;
  const side = GATHERED.length;
  const values = new Float32Array(side * side * filters * channels);
  GATHERED.forEach((rows, y) =>
    GATHERED.forEach((columns, x) => {
      for (const row of rows)
        for (const column of columns)
          for (let from = 0; from < channels * filters; from++) {
            const [channel, filter] = [Math.floor(from / filters), from % filters];
            const to = ((y * side + x) * filters + filter) * channels + channel;
            values[to] =
              (values[to] ?? 0) + (kernel.values[(row * width + column) * channels * filters + from] ?? 0);
          }
    }),
  );
  const made = { shape: [side, side, filters, channels], values };
  return { operation: 'transposed-conv', stride: 2, weights: { kernel: made, bias } };
};

const withNorm: Merge = (first, second) =>
  second.operation === 'batch-norm' && isKernel(first) ? normed(first, second) : undefined;

const isKernel = ({ operation }: PortableNode): boolean =>
  operation === 'dense' || operation === 'conv' || operation === 'transposed-conv';

/** Folds (x - mean) * factor + offset, for each channel, into the kernel and the bias before it. */
function normed(first: PortableNode, { weights: norm, epsilon }: Norm): Operation<Numbers> {
  const one = first as Kernel;
  const { kernel, bias } = one.weights;
  const factor = norm.scale.values.map(
    (scale, index) => scale / Math.sqrt(at(norm.variance, index) + epsilon),
  );
  const inner = one.operation === 'transposed-conv' ? (kernel.shape[3] ?? 1) : 1;
  const values = kernel.values.map(
    (value, index) => value * (factor[Math.floor(index / inner) % factor.length] ?? 0),
  );
  const shift = factor.map(
    (value, index) => ((bias ? at(bias, index) : 0) - at(norm.mean, index)) * value + at(norm.offset, index),
  );
  const weights = { kernel: { ...kernel, values }, bias: { shape: norm.offset.shape, values: shift } };
  return { ...one, weights } as Operation<Numbers>;
}

const at = ({ values }: Numbers, index: number): number => values[index] ?? 0;
