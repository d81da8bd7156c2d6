/** A network as Keras' functional model in JSON, which TensorFlow.js reads too; each layer says its own part. */
import { StudioError } from '../contract/index.ts';
import {
  inputNames,
  kindOf,
  shapesOf,
  weightsOf,
  type KerasLayer,
  type Layer,
  type Network,
} from '../layers/index.ts';
import type { Shape, Tensor, Tensors } from '../tensor.ts';

type KerasNode = {
  class_name: string;
  name: string;
  config: Record<string, unknown>;
  inbound_nodes: unknown[];
};

/** A weight as Keras names it, and its value, made of the network's weights. */
export type KerasValue = { keras: string; value(weights: Tensors): Tensor };

/**
 * The model's configuration, and its weights in the model's order.
 * Throws StudioError `no-keras-layer` when Keras has nothing like one of the layers.
 */
export function kerasTopology(
  network: Network,
  name: string,
): { config: Record<string, unknown>; weights: KerasValue[] } {
  const shapes = shapesOf(network);
  const inputs = Object.entries(network.inputs).map(([input, shape]): KerasNode => ({
    class_name: 'InputLayer',
    name: input,
    inbound_nodes: [],
    config: { name: input, batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false },
  }));
  const weights: KerasValue[] = [];
  const layers = network.layers.flatMap((layer, index): KerasNode[] => {
    const from = inputNames(network, index);
    const chain = chainOf(
      layer,
      from.map((input) => shapes[input]!),
    );
    const names = chain.map((_, place) =>
      place === chain.length - 1 ? layer.name : `${layer.name}.${place + 1}`,
    );
    return chain.map((keras, place) => {
      weights.push(...valuesOf(keras, layer, names[place]!));
      const before = place === 0 ? from : [names[place - 1]!];
      return {
        class_name: keras.className,
        name: names[place]!,
        config: { name: names[place]!, trainable: true, dtype: 'float32', ...keras.config },
        inbound_nodes: [before.map((input) => [input, 0, 0, {}])],
      };
    });
  });
  const ends = (names: string[]) => names.map((end) => [end, 0, 0]);
  return {
    weights,
    config: {
      name,
      layers: [...inputs, ...layers],
      input_layers: ends(Object.keys(network.inputs)),
      output_layers: ends(Object.values(network.outputs)),
    },
  };
}

/** The Keras layers that stand for ours, in a row. */
function chainOf(layer: Layer, inputs: Shape[]): KerasLayer[] {
  const keras = kindOf(layer).keras?.(layer.options, inputs);
  if (keras) return Array.isArray(keras) ? keras : [keras];
  throw new StudioError({
    code: 'no-keras-layer',
    message: `The generator's layer "${layer.name}" is of kind ${layer.kind}, which Keras and TensorFlow.js have no layer for.`,
    remedy: 'Train a generator without it. Batch and layer normalisation can be exported.',
  });
}

function valuesOf(keras: KerasLayer, layer: Layer, name: string): KerasValue[] {
  return keras.weights.map((weight) => ({
    keras: `${name}/${weight.keras}`,
    value(weights) {
      const own = weightsOf(layer, weights);
      return weight.value ? weight.value(own) : own[weight.ours]!;
    },
  }));
}
