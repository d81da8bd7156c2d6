/**
 * A finished network as plain data: operations and numbers, without tensors or anything that only training
 * needs.
 */
import { StudioError } from '../contract/index.ts';
import { tf, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import { kindOf, type Layer } from './layer.ts';
import { forward, shaped, weightsOf, type Network, type Shaped } from './network.ts';
import type { NotPortable, Numbers, Operation, Portable } from './portable.ts';

/** An operation of a finished network, with the names and shapes of its inputs and its own. */
export type PortableNode = Operation<Numbers> & {
  name: string;
  inputs: [string, ...string[]];
  shapes: [Shape, ...Shape[]];
  shape: Shape;
};

export type PortableNetwork = {
  /** Shapes without the batch, by name. */
  inputs: Record<string, Shape>;
  /** Each node comes after its inputs. */
  nodes: PortableNode[];
  /** Output name -> the name of the node, or of the input, that gives it. */
  outputs: Record<string, string>;
};

/**
 * The network as inference runs it. Throws a StudioError `not-portable` for a layer that has no counterpart
 * outside of training.
 */
export function portableNetwork(network: Network, weights: Tensors): PortableNetwork {
  return tf.tidy(() => {
    const inputs = tensorsOf(network);
    const { values } = forward({ network, weights, inputs, mode: 'inference' });
    const seen = { ...inputs, ...values };
    return {
      inputs: network.inputs,
      outputs: network.outputs,
      nodes: shaped(network).flatMap((one) => nodesOf(one, { weights, seen })),
    };
  });
}

/** One row of zeros for every input. */
const tensorsOf = ({ inputs }: Network): Tensors =>
  Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, tf.zeros([1, ...shape])]));

function nodesOf(
  { layer, inputs, shapes, shape }: Shaped,
  { weights, seen }: { weights: Tensors; seen: Tensors },
): PortableNode[] {
  const portable = kindOf(layer).portable({
    options: layer.options,
    shapes,
    weights: weightsOf(layer, weights),
    seen: inputs.map((name) => seen[name]) as [Tensor, ...Tensor[]],
  });
  if (isRefused(portable)) throw notPortable(layer, portable);
  const chain: readonly (Operation<Tensor> & { shape?: Shape })[] = Array.isArray(portable)
    ? (portable as (Operation<Tensor> & { shape?: Shape })[])
    : [portable as Operation<Tensor>];
  let before: Pick<PortableNode, 'inputs' | 'shapes'> = { inputs, shapes };
  return chain.map((operation, index) => {
    const name = index === chain.length - 1 ? layer.name : `${layer.name}.${index + 1}`;
    const node = { ...numbered(operation), ...before, name, shape: operation.shape ?? shape };
    before = { inputs: [name], shapes: [node.shape] };
    return node as PortableNode;
  });
}

const isRefused = (portable: Portable | NotPortable): portable is NotPortable => 'refused' in portable;

/** The operation with its weights as numbers. */
function numbered(operation: Operation<Tensor>): Operation<Numbers> {
  if (!('weights' in operation)) return operation;
  const weights = Object.entries(operation.weights as Record<string, Tensor | undefined>).flatMap(
    ([name, tensor]) =>
      tensor ? [[name, { shape: tensor.shape, values: tensor.dataSync<'float32'>() }] as const] : [],
  );
  return { ...operation, weights: Object.fromEntries(weights) } as Operation<Numbers>;
}

function notPortable(layer: Layer, { refused }: NotPortable): StudioError {
  return new StudioError({
    code: 'not-portable',
    message: `The layer "${layer.name}" (${layer.kind}) ${refused}, so no other program can run this network.`,
    remedy: 'Train without this layer, or export another network of the run.',
  });
}
