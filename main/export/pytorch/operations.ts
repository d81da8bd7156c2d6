/** Writes each operation of a finished network as a person would write it with PyTorch. */
import type { Numbers, OperationName, PortableNode } from '../../layers/index.ts';
import type { Shape } from '../../tensor.ts';
import { turned } from '../numbers.ts';
import { samePadding, transposedPadding } from '../padding.ts';
import type { PieceName } from './pieces.ts';

/** One operation in Python. */
export type Written = {
  /** The expression in `__init__` that makes the layer. */
  layer?: string;
  /** The layer's weights by PyTorch's names, such as "weight". */
  state?: Readonly<Record<string, Numbers>>;
  /** The expression in `forward` that computes the result. */
  value: string;
  /** The piece of pieces.ts that it calls. */
  piece?: PieceName;
};

/**
 * What an operation is written with: the name of its layer, such as "self.start", and the variables that it
 * takes.
 */
export type Site = { call: string; inputs: readonly [string, ...string[]] };

type NodeOf<Name extends OperationName> = Extract<PortableNode, { operation: Name }>;

const WRITERS: { [Name in OperationName]: (node: NodeOf<Name>, site: Site) => Written } = {
  'dense'({ weights: { kernel, bias } }, { call, inputs: [x] }) {
    const [inputs, units] = kernel.shape;
    return {
      layer: `nn.Linear(${inputs}, ${units}${bias ? '' : ', bias=False'})`,
      state: { weight: turned(kernel, [1, 0]), ...(bias && { bias }) },
      value: `${call}(${x})`,
    };
  },
  'conv'({ weights, stride, padding, shapes: [[height = 1, width = 1]] }, { call, inputs: [x] }) {
    const [rows = 1, columns = 1, channels, filters] = weights.kernel.shape;
    const isSame = padding === 'same';
    const down = isSame ? samePadding(height, rows, stride) : NONE;
    const across = isSame ? samePadding(width, columns, stride) : NONE;
    const isEven = down.begin === down.end && across.begin === across.end;
    const settings = {
      kernel_size: pair(rows, columns),
      ...(stride !== 1 && { stride }),
      ...(isEven && isSame && (rows > 1 || columns > 1) && { padding: pair(down.begin, across.begin) }),
    };
    const padded = isEven ? x : `F.pad(${x}, (${across.begin}, ${across.end}, ${down.begin}, ${down.end}))`;
    return {
      ...convolution(`nn.Conv2d(${channels}, ${filters}`, settings, weights),
      value: `${call}(${padded})`,
    };
  },
  'transposed-conv'({ weights, stride, shape: [height, width] }, { call, inputs: [x] }) {
    const [rows = 1, columns = 1, filters, channels] = weights.kernel.shape;
    const down = transposedPadding(rows, stride);
    const across = transposedPadding(columns, stride);
    const settings = {
      kernel_size: pair(rows, columns),
      ...(stride !== 1 && { stride }),
      ...(down.begin + across.begin > 0 && { padding: pair(down.begin, across.begin) }),
      ...(down.missing + across.missing > 0 && { output_padding: pair(down.missing, across.missing) }),
    };
    const isEven = down.begin === down.end && across.begin === across.end;
    return {
      ...convolution(`nn.ConvTranspose2d(${channels}, ${filters}`, settings, weights),
      value: `${call}(${x})${isEven ? '' : `[:, :, :${height}, :${width}]`}`,
    };
  },
  'batch-norm'({ weights, epsilon, momentum, shape }, { call, inputs: [x] }) {
    const { scale, offset, mean, variance } = weights;
    // PyTorch's momentum is the weight of the new statistics, TensorFlow's that of the old ones.
    const settings = `eps=${small(epsilon)}, momentum=${Number((1 - momentum).toPrecision(6))}`;
    return {
      layer: `nn.BatchNorm${shape.length === 3 ? '2d' : '1d'}(${channelsOf(shape)}, ${settings})`,
      state: { weight: scale, bias: offset, running_mean: mean, running_var: variance },
      value: `${call}(${x})`,
    };
  },
  'group-norm': ({ weights: { scale, offset }, groups, epsilon, shape }, { call, inputs: [x] }) => ({
    layer: `nn.GroupNorm(${groups}, ${channelsOf(shape)}, eps=${small(epsilon)})`,
    state: { weight: scale, bias: offset },
    value: `${call}(${x})`,
  }),
  'reference-norm': ({ weights, share, epsilon, shape }, { call, inputs: [x] }) => ({
    layer: `ReferenceNorm(${channelsOf(shape)}, share=${share}, eps=${small(epsilon)})`,
    state: { weight: weights.scale, bias: weights.offset, mean: weights.mean, var: weights.variance },
    value: `${call}(${x})`,
    piece: 'ReferenceNorm',
  }),
  'activation': ({ function: name, slope }, { inputs: [x] }) => ({ value: activated(name, { x, slope }) }),
  'upsample': ({ factor }, { inputs: [x] }) => ({
    value: `F.interpolate(${x}, scale_factor=${factor}, mode='nearest')`,
  }),
  'average-pool': ({ factor }, { inputs: [x] }) => ({ value: `F.avg_pool2d(${x}, ${factor})` }),
  'global-average-pool': (_, { inputs: [x] }) => ({ value: `${x}.mean(dim=(2, 3))` }),
  'pixel-shuffle': ({ factor }, { inputs: [x] }) => ({
    value: `depth_to_space(${x}, ${factor})`,
    piece: 'depth_to_space',
  }),
  'reshape': ({ shapes: [before], shape: after }, { inputs: [x] }) => ({ value: reshaped(x, before, after) }),
  'add': (_, { inputs }) => ({ value: inputs.join(' + ') }),
  'multiply'({ shapes: [shape, factor = shape] }, { inputs: [x, y = x] }) {
    const isRowBesidePicture = shape.length === 3 && factor.length === 1;
    return { value: `${x} * ${y}${isRowBesidePicture ? '[:, :, None, None]' : ''}` };
  },
  'concat': ({ shape }, { inputs }) => ({
    value: `torch.cat([${inputs.join(', ')}], dim=${shape.length === 3 ? 1 : shape.length})`,
  }),
  'mean-squared-difference': (_, { inputs: [x, y = x] }) => ({
    value: `(${x} - ${y}).square().flatten(1).mean(dim=1, keepdim=True)`,
  }),
  'dropout': ({ rate }, { call, inputs: [x] }) => ({ layer: `nn.Dropout(${rate})`, value: `${call}(${x})` }),
  'noise': ({ scale }, { inputs: [x] }) => ({
    value: `${x} + ${scale} * torch.randn_like(${x}) if self.training else ${x}`,
  }),
  'nothing': (_, { inputs: [x] }) => ({ value: x }),
};

const NONE = { begin: 0, end: 0 };

const channelsOf = (shape: Shape): number => shape.at(-1) ?? 1;

/** A small number as Python code, such as 1e-5. */
const small = (value: number): string => (value < 1e-3 ? value.toExponential() : String(value));

const pair = (down: number, across: number): string =>
  down === across ? String(down) : `(${down}, ${across})`;

/** One transposition serves the kernels of both kinds: the last two axes come first, swapped. */
function convolution(
  start: string,
  settings: Readonly<Record<string, string | number>>,
  { kernel, bias }: { kernel: Numbers; bias?: Numbers | undefined },
): Required<Pick<Written, 'layer' | 'state'>> {
  const named = Object.entries(settings).map(([name, value]) => `, ${name}=${value}`);
  return {
    layer: `${start}${named.join('')}${bias ? '' : ', bias=False'})`,
    state: { weight: turned(kernel, [3, 2, 0, 1]), ...(bias && { bias }) },
  };
}

function activated(
  name: NodeOf<'activation'>['function'],
  { x, slope }: { x: string; slope: number },
): string {
  switch (name) {
    case 'relu':
      return `F.relu(${x})`;
    case 'leaky-relu':
      return `F.leaky_relu(${x}, ${slope})`;
    case 'tanh':
      return `torch.tanh(${x})`;
    case 'sigmoid':
      return `torch.sigmoid(${x})`;
    case 'elu':
      return `F.elu(${x})`;
    case 'swish':
      return `F.silu(${x})`;
  }
}

/** Reshapes in the order [height, width, channels] in which the weights were trained. */
function reshaped(x: string, before: Shape, after: Shape): string {
  const last = before.length === 3 ? `${x}.permute(0, 2, 3, 1)` : x;
  const moved = after.length === 1 ? `${last}.flatten(1)` : `${last}.reshape(-1, ${after.join(', ')})`;
  return after.length === 3 ? `${moved}.permute(0, 3, 1, 2)` : moved;
}

/** Writes the operation in Python. */
export function writeOperation(node: PortableNode, site: Site): Written {
  return (WRITERS[node.operation] as (node: PortableNode, site: Site) => Written)(node, site);
}
