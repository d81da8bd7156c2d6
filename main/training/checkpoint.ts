/** Between the live state and the checkpoint on disk: the names that its tensors go by. */
import { StudioError } from '../contract/index.ts';
import { weightSpecs, type Network } from '../layers/index.ts';
import type { Checkpoint, Values } from '../runs/index.ts';
import { tf, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import { gradientWeights, type Networks, type State } from './step.ts';

/** Copies the state out of TensorFlow. Names: weights/, first-moment/ and second-moment/ + network/layer/weight; average/ + layer/weight. */
export function copyOut(state: State): Checkpoint['tensors'] {
  const named: [string, Tensors][] = [
    ...Object.entries(state.weights).map(([network, weights]): [string, Tensors] => [`weights/${network}`, weights]),
    ...Object.entries(state.moments).flatMap(([network, { first, second }]): [string, Tensors][] =>
      [[`first-moment/${network}`, first], [`second-moment/${network}`, second]]),
    ['average', state.average],
  ];
  const tensors = named.flatMap(([prefix, group]) =>
    Object.entries(group).map(([name, tensor]): [string, Values] => [`${prefix}/${name}`, valuesOf(tensor)]));
  return Object.fromEntries(tensors);
}

/** The state that a checkpoint holds; throws StudioError `checkpoint-mismatch` when it belongs to other networks. */
export function stateFrom(networks: Networks, checkpoint: Checkpoint): State {
  const names = Object.entries(networks);
  return {
    weights: Object.fromEntries(names.map(([name, network]) => [name, copyIn(network, checkpoint, `weights/${name}`)])),
    moments: Object.fromEntries(names.map(([name, network]) => [name, {
      first: moments(network, checkpoint, `first-moment/${name}`),
      second: moments(network, checkpoint, `second-moment/${name}`),
    }])),
    average: averageFrom(networks['generator']!, checkpoint),
  };
}

/** The generator's averaged weights. */
export function averageFrom(generator: Network, checkpoint: Checkpoint): Tensors {
  return copyIn(generator, checkpoint, 'average');
}

function copyIn(network: Network, checkpoint: Checkpoint, prefix: string): Tensors {
  return Object.fromEntries(weightSpecs(network).map(({ name, shape }) => [name, tensorNamed(checkpoint, `${prefix}/${name}`, shape)]));
}

function moments(network: Network, checkpoint: Checkpoint, prefix: string): Tensors {
  const shapes = new Map(weightSpecs(network).map(({ name, shape }) => [name, shape]));
  return Object.fromEntries(gradientWeights(network).map((name) => [name, tensorNamed(checkpoint, `${prefix}/${name}`, shapes.get(name)!)]));
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

function valuesOf(tensor: Tensor): Values {
  return { shape: tensor.shape, values: tensor.dataSync<'float32'>() };
}
