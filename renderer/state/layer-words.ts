/**
 * Names of layers for people: the block of the network that a layer is in, and what it does there. They are
 * made from the layer's name and kind in the network.
 */
import type { Pass, TracedLayer } from '#main/contract/index.ts';
import { roleName } from './role-words.ts';

/** The names of a layer's block and of the layer in it: "Block 2" and "gate · convolution 3 × 3". */
export type LayerWords = { block: string; layer: string };

export type NamedLayer = Pick<TracedLayer, 'name' | 'kind' | 'function' | 'weights'>;

/** Patterns of layers' names, each with its block; the number in the name takes the place of `1`. */
const BLOCKS: readonly (readonly [RegExp, string])[] = [
  [/^(start|picture0)(?![0-9])/, 'Start'],
  [/^(?:up|down|picture)(\d+)/, 'Block 1'],
  [/^excited(\d+)/, 'Excitation of block 1'],
  [/^hidden(\d+)/, 'Hidden layer 1'],
  [/^joint(\d+)/, 'Joint layer 1'],
  [/^rebuilt(\d+)/, 'Rebuilding, block 1'],
  [/^unfolded/, 'Rebuilding, start'],
  [/^(to-)?reconstruction$/, 'Rebuilt picture'],
  [/^(to-image|image|pixels)$/, 'Picture'],
  [/^glance/, 'Last block'],
  [/^(features|kept|of-image)$/, 'Features'],
  [/^(class-numbers|class-picture|image-and-class|z-and-class)$/, 'Class'],
  [/^of-point/, 'Latent point'],
  [/^pair$/, 'Picture and point'],
  [/^code$/, 'Code'],
  [/^verdict$/, 'Output'],
  [/^minibatch-discrimination$/, 'Comparison within the batch'],
];

/**
 * The branch that a layer is on, by parts of its name; for parts that are not here, the kind of the layer is
 * enough.
 */
const BRANCHES: Record<string, string> = {
  straight: 'shortcut',
  average: 'shortcut',
  value: 'values',
  gate: 'gate',
  open: 'gate',
  glance: 'summary',
  shares: 'gate',
};

const KINDS: Record<string, string> = {
  'input': 'input',
  'dense': 'fully connected',
  'conv': 'convolution',
  'transposed-conv': 'transposed convolution',
  'upsample': 'upsampling',
  'upsample-conv': 'upsampling and convolution',
  'pixel-shuffle': 'pixel shuffle',
  'average-pool': 'average pooling',
  'global-average-pool': 'global average pooling',
  'concat': 'concatenation',
  'add': 'sum',
  'multiply': 'product',
  'without-reference': 'without the reference batch',
};

const FUNCTIONS: Record<string, string> = {
  'relu': 'ReLU',
  'leaky-relu': 'leaky ReLU',
  'elu': 'ELU',
  'swish': 'Swish',
  'tanh': 'tanh',
  'sigmoid': 'sigmoid',
};

const WEIGHTS: Record<string, string> = { kernel: 'Weights', bias: 'Bias', scale: 'Scale', offset: 'Offset' };

/** The block of a layer, and the layer within it. */
export function layerWords(layer: NamedLayer): LayerWords {
  return {
    block: blockOf(layer.name),
    layer: [branchOf(layer.name), kindWords(layer)].filter(Boolean).join(' · '),
  };
}

/** Block and layer in one: "Block 2 · convolution 3 × 3". */
export function layerTitle(layer: NamedLayer): string {
  const { block, layer: words } = layerWords(layer);
  return `${block} · ${words}`;
}

/** The name of a layer's weights: "Weights", "Bias". */
export function weightWords(name: string): string {
  return WEIGHTS[name] ?? sentence(name);
}

function blockOf(name: string): string {
  for (const [pattern, words] of BLOCKS) {
    const found = pattern.exec(name);
    if (found) return words.replace(/\b1$/, found[1] ?? '1');
  }
  return sentence(name.replace(/-(norm|relu)$/, ''));
}

function branchOf(name: string): string | undefined {
  const [, ...parts] = name.split('-');
  return parts.flatMap((part) => BRANCHES[part] ?? []).at(0);
}

/** What a layer does: "convolution 4 × 4", "batch norm", "leaky ReLU". */
export function kindWords({ kind, function: bent, weights }: Omit<NamedLayer, 'name'>): string {
  if (kind === 'activation') return (bent && (FUNCTIONS[bent] ?? bent)) ?? 'activation';
  const [height, width, ...more] = weights.find(({ name }) => name === 'kernel')?.shape ?? [];
  const size = more.length === 2 ? ` ${height} × ${width}` : '';
  return `${KINDS[kind] ?? kind.replaceAll('-', ' ')}${size}`;
}

/** "my-layer2" -> "My layer2". */
function sentence(name: string): string {
  const spaced = name.replaceAll(/[-_/]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const SEEN: Record<Pass['on'], string> = {
  z: 'from z',
  real: 'on the real picture',
  fake: 'on the fake',
  penalty: 'for a penalty',
};

/** The name of a pass: "Generator (G), from z", "Discriminator (D), on the fake". */
export function passName({ role, on }: Pick<Pass, 'role' | 'on'>): string {
  return `${roleName(role)}, ${SEEN[on]}`;
}
