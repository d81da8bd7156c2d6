/** All that a step changes, as one table of tensors; their names are those in a checkpoint. */
import { StudioError } from '../contract/index.ts';
import { initialWeights, weightSpecs, type Network, type WeightSpec } from '../layers/index.ts';
import type { Checkpoint, Values } from '../runs/index.ts';
import { tf, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import type { Networks, Rules } from './step.ts';

/** The network of this name; throws where the GAN has none. */
export function networkOf({ networks }: { networks: Networks }, name: string): Network {
  const network = networks[name];
  if (!network) throw new Error(`The GAN has no network named "${name}".`);
  return network;
}

/** Each network's weights are numbered from its own multiple of this, so that no two share random numbers. */
const WEIGHTS_PER_NETWORK = 10_000;

export const weightName = (network: string, weight: string): string => `weights/${network}/${weight}`;
/** What an optimiser remembers of a weight. */
export const slotName = (slot: string, network: string, weight: string): string =>
  `${slot}/${network}/${weight}`;
/** What a stabiliser keeps from step to step. */
export const memoryName = (name: string): string => `memory/${name}`;
/** The moving average of a generator's weight. */
export const averageName = (weight: string): string => `average/${weight}`;

/** Those whose name begins with `prefix`, which is left off. */
export function partOf(state: Tensors, prefix: string): Tensors {
  return Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}

/** The state that a run begins with. */
export function firstState(
  { networks, optimizer, memory }: Pick<Rules, 'networks' | 'optimizer' | 'memory'>,
  seed: number,
): Tensors {
  const state: Tensors = {};
  Object.entries(networks).forEach(([network, described], index) => {
    const weights = initialWeights(described, { seed, firstStep: index * WEIGHTS_PER_NETWORK });
    for (const [name, weight] of Object.entries(weights)) state[weightName(network, name)] = weight;
  });
  for (const { name, shape } of slotsOf({ networks, optimizer })) state[name] = tf.zeros(shape);
  for (const [name, { shape, value }] of Object.entries(memory))
    state[memoryName(name)] = tf.fill(shape, value);
  for (const [name, weight] of Object.entries(partOf(state, weightName('generator', ''))))
    state[averageName(name)] = tf.add(weight, 0);
  return state;
}

/**
 * The state that a checkpoint holds; throws StudioError `checkpoint-mismatch` when it belongs to other
 * networks.
 */
export function stateFrom(
  { networks, optimizer, memory }: Pick<Rules, 'networks' | 'optimizer' | 'memory'>,
  checkpoint: Checkpoint,
): Tensors {
  const weights = Object.entries(networks).flatMap(([network, described]) =>
    weightSpecs(described).map(({ name, shape }) => ({ name: weightName(network, name), shape })),
  );
  const kept = Object.entries(memory).map(([name, { shape }]) => ({ name: memoryName(name), shape }));
  const wanted = [
    ...weights,
    ...slotsOf({ networks, optimizer }),
    ...kept,
    ...averageSpecs(networkOf({ networks }, 'generator')),
  ];
  return Object.fromEntries(wanted.map(({ name, shape }) => [name, tensorNamed(checkpoint, name, shape)]));
}

/** The generator's averaged weights. */
export function averageFrom(generator: Network, checkpoint: Checkpoint): Tensors {
  const tensors = averageSpecs(generator).map(({ name, shape }): [string, Tensor] => [
    name,
    tensorNamed(checkpoint, name, shape),
  ]);
  return partOf(Object.fromEntries(tensors), averageName(''));
}

/** Copies the state out of TensorFlow. */
export function copyOut(state: Tensors): Checkpoint['tensors'] {
  return Object.fromEntries(
    Object.entries(state).map(([name, tensor]): [string, Values] => [
      name,
      { shape: tensor.shape, values: tensor.dataSync<'float32'>() },
    ]),
  );
}

type Spec = Pick<WeightSpec, 'name' | 'shape'>;

function slotsOf({ networks, optimizer }: Pick<Rules, 'networks' | 'optimizer'>): Spec[] {
  return Object.entries(networks).flatMap(([network, described]) =>
    weightSpecs(described)
      .filter(({ movedBy }) => movedBy === 'gradient')
      .flatMap(({ name, shape }) =>
        optimizer.slots.map((slot) => ({ name: slotName(slot, network, name), shape })),
      ),
  );
}

function averageSpecs(generator: Network): Spec[] {
  return weightSpecs(generator).map(({ name, shape }) => ({ name: averageName(name), shape }));
}

function tensorNamed(checkpoint: Checkpoint, name: string, shape: Shape): Tensor {
  const found = checkpoint.tensors[name];
  if (!found || found.shape.join() !== shape.join()) {
    throw new StudioError({
      code: 'checkpoint-mismatch',
      message: `The checkpoint does not fit the run's networks: ${name} is ${found ? `[${found.shape}]` : 'missing'}, expected [${shape}].`,
      remedy: 'Open the checkpoint with the config.json that it was saved with.',
    });
  }
  return tf.tensor(found.values, shape);
}
