/**
 * The subjects that exports are checked with: every GAN of the catalogue, every shape of picture, and
 * networks with every operation.
 */
import { catalogue } from '../catalogue/index.ts';
import { DEFAULT_RUN_CONFIG, EXPORT_FORMAT_NAMES, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import {
  activation,
  add,
  averagePool,
  batchNorm,
  concat,
  conv,
  dense,
  dropout,
  globalAveragePool,
  groupNorm,
  initialWeights,
  instanceNorm,
  layerNorm,
  multiply,
  noise,
  pixelShuffle,
  reconstructionError,
  referenceBatch,
  reshape,
  transposedConv,
  upsample,
  upsampleConv,
  virtualBatchNorm,
  withoutReference,
  type Network,
  type Numbers,
} from '../layers/index.ts';
import { fill } from '../reference/index.ts';
import { tf, type Tensors } from '../tensor.ts';
import { completeConfig, untrainedModel } from '../training/index.ts';
import { subjectOf, type ExportSubject } from '../export/index.ts';

type Options = RunConfig['dataset']['options'];
type Settings = Partial<RunConfig> & { size?: Options['size']; colour?: Options['colour'] };

/** The settings of a small run. */
export function configOf({ size = 28, colour = 'grey', ...settings }: Settings): RunConfig {
  const { dataset } = DEFAULT_RUN_CONFIG;
  return completeConfig({
    ...DEFAULT_RUN_CONFIG,
    name: 'Löwen & "Bären"',
    batch: 4,
    dataset: { ...dataset, options: { ...dataset.options, size, colour } },
    ...settings,
  });
}

const gan = (kind: string, options: Record<string, unknown> = { width: 4 }) => ({ gan: { kind, options } });
const CLASSES = ['cats', 'dogs', 'owls'];
const plane: RunConfig['dataset'] = {
  ...DEFAULT_RUN_CONFIG.dataset,
  source: { kind: 'points', points: STUDY_POINTS.ring },
};

/** Settings that some GANs need besides their own. */
const NEEDS: Readonly<Record<string, Partial<RunConfig>>> = {
  conditional: { classes: CLASSES },
  ebgan: { loss: { kind: 'margin', options: {} } },
};

/** Every GAN of the catalogue on grey pictures of 28 pixels, then other shapes and layers. */
const RUNS: Readonly<Record<string, Settings>> = {
  ...Object.fromEntries(
    catalogue(undefined).gans.map(({ kind }) => [kind, { ...gan(kind), ...NEEDS[kind] }]),
  ),
  'dcgan, 64 px': { ...gan('dcgan'), size: 64, colour: 'rgb' },
  'dcgan, 128 px': { ...gan('dcgan'), size: 128, colour: 'rgb' },
  'dcgan, transposed convolutions': gan('dcgan', { width: 4, upsampling: 'transposed-conv' }),
  'dcgan, pixel shuffle': {
    ...gan('dcgan', { width: 4, upsampling: 'pixel-shuffle' }),
    size: 32,
    colour: 'rgb',
  },
  'dcgan, virtual batch norm': {
    ...gan('dcgan'),
    stabilisers: [{ kind: 'virtual-batch-norm', options: { rows: 8 } }],
  },
  'small-data, 64 px': { ...gan('small-data'), size: 64, colour: 'rgb' },
  'bigan, 32 px': { ...gan('bigan'), size: 32, colour: 'rgb' },
  'conditional, 32 px': { ...gan('conditional'), classes: CLASSES, size: 32, colour: 'rgb' },
  'mlp, uniform z': { ...gan('mlp', { width: 8 }), z: { size: 5, distribution: 'uniform' } },
  'mlp, points of the plane': { ...gan('mlp', { width: 8, depth: 1 }), dataset: plane },
};

/** Every operation of main/layers/portable.ts that a finished network can have. */
export const EVERY_OPERATION: Network = {
  inputs: { z: [6] },
  layers: [
    dense('start', { units: 64, bias: true, spectralNorm: 1 }),
    layerNorm('start-norm', {}),
    activation('start-swish', { function: 'swish' }),
    batchNorm('row-norm', {}),
    dropout('drop', { rate: 0.5 }),
    reshape('picture', { shape: [4, 4, 4] }),
    upsample('larger', { factor: 2 }),
    conv('inner', { filters: 4, kernel: 3, stride: 1, bias: true, spectralNorm: 1 }),
    layerNorm('inner-norm', {}),
    activation('inner-elu', { function: 'elu' }),
    instanceNorm('own-norm', {}),
    noise('shaken', { scale: 0.5 }),
    add('residual', {}, 'shaken', 'larger'),
    activation('gate-relu', { function: 'relu' }),
    globalAveragePool('glance', {}, 'picture'),
    dense('gates', { units: 4, bias: true }),
    activation('open', { function: 'sigmoid' }),
    multiply('excited', {}, 'residual', 'open'),
    groupNorm('group-norm', { groups: 2 }),
    batchNorm('batch-norm', {}),
    averagePool('smaller', { factor: 2 }),
    concat('both', {}, 'smaller', 'picture'),
    pixelShuffle('shuffled', { factor: 2 }),
    conv('cut', { filters: 3, kernel: 3, stride: 1, bias: true, padding: 'valid' }),
    averagePool('gate-picture', { factor: 6 }),
    multiply('gated', {}, 'cut', 'gate-picture'),
    upsampleConv('twice', { filters: 3, bias: true, spectralNorm: 1.4 }),
    activation('leaky', { function: 'leaky-relu', slope: 0.3 }),
    transposedConv('to-larger', { filters: 3, kernel: 4, stride: 2, bias: true, spectralNorm: 2 }),
    conv('halved', { filters: 5, kernel: 4, stride: 2, bias: false }),
    transposedConv('wide', { filters: 3, kernel: 5, stride: 2, bias: false }),
    conv('odd', { filters: 4, kernel: 5, stride: 2, bias: true }),
    transposedConv('to-image', { filters: 3, kernel: 3, stride: 1, bias: true }),
    activation('image', { function: 'tanh' }),
  ],
  outputs: { image: 'image' },
};

/**
 * Operations on rows, on reference batches, and between a picture and one number for each channel or pixel.
 */
const RARE_OPERATIONS: Network = {
  inputs: { z: [6] },
  layers: [
    referenceBatch('reference', { rows: 4 }),
    dense('start', { units: 32, bias: true }),
    virtualBatchNorm('row-norm', { rows: 4 }),
    reshape('picture', { shape: [4, 4, 2] }),
    virtualBatchNorm('picture-norm', { rows: 4 }),
    activation('raised', { function: 'swish' }),
    conv('mask', { filters: 1, kernel: 1, stride: 1, bias: true }),
    multiply('masked', {}, 'raised', 'mask'),
    reshape('row', { shape: [32] }),
    multiply('squared', {}, 'row', 'start'),
    reshape('picture-again', { shape: [4, 8, 1] }),
    reshape('wide', { shape: [4, 4, 2] }),
    transposedConv('sparse', { filters: 3, kernel: 2, stride: 3, bias: true }),
    conv('kernel-smaller-than-stride', { filters: 2, kernel: 1, stride: 2, bias: true }),
    conv('even-kernel', { filters: 3, kernel: 2, stride: 1, bias: true }),
    conv('thirds', { filters: 3, kernel: 5, stride: 3, bias: true, padding: 'valid' }, 'sparse'),
    activation('open', { function: 'sigmoid' }),
    averagePool('all', { factor: 3 }),
    multiply('gated', {}, 'even-kernel', 'all'),
    add('three', {}, 'gated', 'even-kernel', 'gated'),
    activation('last', { function: 'tanh' }),
    withoutReference('image', { rows: 4 }),
    reconstructionError('both-error', {}, 'picture-norm', 'wide'),
    withoutReference('error', { rows: 4 }),
  ],
  outputs: { image: 'image', error: 'error' },
};

/** Networks that no GAN of the catalogue has. */
const NETWORKS: Readonly<Record<string, Network>> = {
  'every operation': EVERY_OPERATION,
  'rare operations': RARE_OPERATIONS,
};

/** The names that `subjectNamed` takes. */
export const SUBJECTS: readonly string[] = [...Object.keys(RUNS), ...Object.keys(NETWORKS)];

/** A subject with weights of which none is exactly 0 or 1. Throws Error for an unknown name. */
export function subjectNamed(name: string): ExportSubject {
  const network = NETWORKS[name];
  if (network) return subject(modelOf(network), configOf({}));
  const settings = RUNS[name];
  if (!settings) throw new Error(`There is nothing to export named "${name}".`);
  const config = configOf(settings);
  return subject(untrainedModel(config), config);
}

function modelOf(network: Network): Model {
  const gives = Object.keys(network.outputs);
  return {
    uses: [{ use: 'generate', label: 'Make pictures', networks: ['generator'], gives }],
    latent: [{ name: 'z', size: 6, distribution: 'normal' }],
    networks: { generator: network },
    weights: { generator: initialWeights(network, { seed: 1, firstStep: 0 }) },
  };
}

/** Averages that differ from the current weights. */
const halved = (all: Record<string, Numbers>): Record<string, Numbers> =>
  Object.fromEntries(
    Object.entries(all).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((value) => value / 2) },
    ]),
  );

function subject(model: Model, config: RunConfig): ExportSubject {
  const weights = Object.fromEntries(
    Object.entries(model.weights).map(([player, tensors]) => [player, moved(tensors)]),
  );
  const all = numbersOf(weights);
  const made = subjectOf(
    {
      model: { ...model, weights },
      config,
      step: 10,
      weights: () => ({ current: all, averaged: halved(all) }),
    },
    EXPORT_FORMAT_NAMES,
  );
  tf.dispose([model.weights, weights]);
  return made;
}

/** The weights by player and name, as numbers. */
const numbersOf = (weights: Model['weights']): ExportSubject['weights']['current'] =>
  Object.fromEntries(
    Object.entries(weights).flatMap(([player, tensors]) =>
      Object.entries(tensors).map(([name, tensor]) => [
        `${player}/${name}`,
        { shape: tensor.shape, values: tensor.dataSync<'float32'>() },
      ]),
    ),
  );

/** The weights, moved off their first values; variances stay positive. */
function moved(weights: Tensors): Tensors {
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(weights).map(([name, weight], index) => {
        const shift = fill(weight.shape, index, 0.2);
        return [name, name.endsWith('/variance') ? tf.add(tf.abs(shift), 0.5) : tf.add(weight, shift)];
      }),
    ),
  );
}
