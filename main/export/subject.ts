/**
 * Makes what is exported of a trained model: plain data, with inputs and outputs to check another program
 * with.
 */
import { StudioError, type ExportFormat, type RunConfig } from '../contract/index.ts';
import {
  drawPoints,
  generate,
  imageShapeOf,
  partsOf,
  playerIn,
  useOf,
  type Model,
} from '../explore/index.ts';
import { forward, portableNetwork, prunedTo, type Network, type Numbers } from '../layers/index.ts';
import { tensorOf, tf, type Tensors } from '../tensor.ts';
import type { AllWeights, ExportedNetwork, ExportSubject } from './exporter.ts';

const CHECKED_IMAGES = 2;

/** What a run provides for an export. */
export type Exportable = {
  model: Model;
  config: RunConfig;
  step: number;
  /** The weights of every network of the run. */
  weights(): AllWeights;
};

/** Only these formats take the weights of every network. */
const TAKE_ALL_WEIGHTS: readonly ExportFormat[] = ['safetensors'];

/**
 * Copies what these formats need of the model out of TensorFlow. Throws StudioError `not-portable` or
 * `not-finite`.
 */
export function subjectOf(
  { model, config, step, weights }: Exportable,
  formats: readonly ExportFormat[],
): ExportSubject {
  const [size, , channels] = imageShapeOf(model);
  return {
    name: config.name,
    step,
    gan: config.gan.kind,
    loss: config.loss.kind,
    latent: model.latent,
    classes: takesClasses(model) ? config.classes : [],
    image: { size, channels },
    uses: model.uses,
    networks: networksOf(model, config),
    weights: formats.some((format) => TAKE_ALL_WEIGHTS.includes(format))
      ? weights()
      : { current: {}, averaged: {} },
  };
}

/** Not simply whether there are classes: an unconditional GAN may train on pictures that have some. */
const takesClasses = (model: Model): boolean =>
  Object.values(model.networks).some(({ inputs }) => inputs['class'] !== undefined);

function networksOf(model: Model, config: RunConfig): ExportedNetwork[] {
  const [generator] = useOf(model, 'generate')?.networks.slice(-1) ?? [];
  const rest = Object.keys(model.networks).filter((player) => player !== generator);
  const players = [...(generator === undefined ? [] : [generator]), ...rest];
  return tf.tidy(() => {
    const given = knownInputs(model, config);
    return players.map((name) => {
      const { network, weights } = playerIn(model, name);
      const pruned = prunedTo(network, outputsOf(model, name));
      const known = knownAnswers(pruned, { weights, given });
      requireFinite(name, known.outputs);
      return { name, network: portableNetwork(pruned, weights), known };
    });
  });
}

/** The outputs of a network that the model's uses need. */
function outputsOf(model: Model, player: string): string[] {
  const taken = model.uses.flatMap(({ networks: chain, gives }) => {
    if (!chain.includes(player)) return [];
    const next = chain[chain.indexOf(player) + 1];
    return next === undefined ? gives : Object.keys(playerIn(model, next).network.inputs);
  });
  return [...new Set(taken)];
}

/** Inputs by name: drawn points, classes, and the images that the model makes of them. */
function knownInputs(model: Model, { seed, classes: names }: RunConfig): Tensors {
  const points = drawPoints(model.latent, { seed, stream: 'fixedZ', step: 0 }, CHECKED_IMAGES);
  const classes = Array.from({ length: CHECKED_IMAGES }, (_, index) => index);
  const image = tf.tensor(generate(model, points, classes), [CHECKED_IMAGES, ...imageShapeOf(model)]);
  return {
    ...partsOf(model.latent, points),
    image,
    ...(names.length > 0 && {
      class: tf.oneHot(tf.tensor1d(classes, 'int32'), names.length).toFloat(),
    }),
  };
}

function knownAnswers(
  network: Network,
  { weights, given }: { weights: Tensors; given: Tensors },
): ExportedNetwork['known'] {
  const inputs = Object.fromEntries(Object.keys(network.inputs).map((name) => [name, tensorOf(given, name)]));
  const { outputs } = forward({ network, weights, inputs, mode: 'inference' });
  return { inputs: numbersOf(inputs), outputs: numbersOf(outputs) };
}

function requireFinite(network: string, outputs: Record<string, Numbers>): void {
  if (Object.values(outputs).every(({ values }) => values.every(Number.isFinite))) return;
  throw new StudioError({
    code: 'not-finite',
    message: `The ${network} gives NaN or infinite numbers, so there is nothing to export.`,
    remedy: 'Export an earlier checkpoint of the run.',
  });
}

function numbersOf(tensors: Tensors): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, values: tensor.dataSync<'float32'>() },
    ]),
  );
}
