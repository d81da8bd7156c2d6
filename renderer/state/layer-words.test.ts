/** Layers of any network have names that a person can read. */
import { expect, test } from 'vitest';
import { layerTitle, layerWords, passName, weightWords, type NamedLayer } from './layer-words.ts';

const layer = (name: string, kind: string, rest: Partial<NamedLayer> = {}): NamedLayer => ({
  name,
  kind,
  weights: [],
  ...rest,
});
const kernel = (...shape: number[]) => ({ weights: [{ name: 'kernel', shape, norm: 1 }] });

test('a layer is named by its block and what it does', () => {
  const layers = [
    layer('start', 'dense', kernel(64, 2048)),
    layer('start-picture', 'reshape'),
    layer('up2', 'transposed-conv', kernel(4, 4, 32, 64)),
    layer('up2-norm', 'batch-norm'),
    layer('down10-relu', 'activation', { function: 'leaky-relu' }),
    layer('hidden2', 'dense'),
    layer('image', 'activation', { function: 'tanh' }),
    layer('features', 'flatten'),
    layer('verdict', 'dense'),
    layer('to-reconstruction', 'conv', kernel(3, 3, 8, 3)),
  ];
  expect(layers.map(layerTitle)).toEqual([
    'Start · fully connected',
    'Start · reshape',
    'Block 2 · transposed convolution 4 × 4',
    'Block 2 · batch norm',
    'Block 10 · leaky ReLU',
    'Hidden layer 2 · fully connected',
    'Picture · tanh',
    'Features · flatten',
    'Output · fully connected',
    'Rebuilt picture · convolution 3 × 3',
  ]);
});

test('branches of a block are told apart', () => {
  const layers = [
    layer('picture0-value-norm', 'batch-norm'),
    layer('picture3-gate', 'conv', kernel(3, 3, 16, 8)),
    layer('picture3-open', 'activation', { function: 'sigmoid' }),
    layer('picture3', 'multiply'),
    layer('excited3-shares', 'conv', kernel(1, 1, 8, 8)),
    layer('down2-straight', 'conv', kernel(1, 1, 16, 32)),
    layer('rebuilt1-larger', 'upsample'),
  ];
  expect(layers.map(layerWords)).toEqual([
    { block: 'Start', layer: 'values · batch norm' },
    { block: 'Block 3', layer: 'gate · convolution 3 × 3' },
    { block: 'Block 3', layer: 'gate · sigmoid' },
    { block: 'Block 3', layer: 'product' },
    { block: 'Excitation of block 3', layer: 'gate · convolution 1 × 1' },
    { block: 'Block 2', layer: 'shortcut · convolution 1 × 1' },
    { block: 'Rebuilding, block 1', layer: 'upsampling' },
  ]);
});

test('an unknown network has readable names too', () => {
  expect(layerTitle(layer('my_stem-norm', 'group-norm'))).toBe('My stem · group norm');
  expect(layerTitle(layer('odd', 'new-kind'))).toBe('Odd · new kind');
  expect(layerTitle(layer('odd', 'activation'))).toBe('Odd · activation');
  expect(['kernel', 'bias', 'my-weight'].map(weightWords)).toEqual(['Weights', 'Bias', 'My weight']);
});

test('a pass is named by its player and by what it runs on', () => {
  expect(passName({ role: 'discriminator', on: 'fake' })).toBe('Discriminator (D), on the fake');
  expect(passName({ role: 'generator', on: 'z' })).toBe('Generator (G), from z');
});
