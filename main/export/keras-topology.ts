/**
 * A network as Keras' functional model in JSON, which TensorFlow.js reads too; each layer says its own part.
 */
import { StudioError } from '../contract/index.ts';
import {
  kindOf,
  shaped,
  weightsOf,
  type KerasLayer,
  type Layer,
  type Network,
  type Shaped,
} from '../layers/index.ts';
import type { Tensor, Tensors } from '../tensor.ts';

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
  const inputs = Object.entries(network.inputs).map(([input, shape]): KerasNode => ({
    class_name: 'InputLayer',
    name: input,
    inbound_nodes: [],
    config: { name: input, batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false },
  }));
  const weights: KerasValue[] = [];
  const layers = shaped(network).flatMap(({ layer, inputs: from, shapes }): KerasNode[] => {
    const chain = chainOf({ layer, shapes });
    let before: string[] = from;
    return chain.map((keras, place) => {
      const own = place === chain.length - 1 ? layer.name : `${layer.name}.${place + 1}`;
      weights.push(...valuesOf(keras, layer, own));
      const node = {
        class_name: keras.className,
        name: own,
        config: { name: own, trainable: true, dtype: 'float32', ...keras.config },
        inbound_nodes: [before.map((input) => [input, 0, 0, {}])],
      };
      before = [own];
      return node;
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
function chainOf({ layer, shapes }: Pick<Shaped, 'layer' | 'shapes'>): KerasLayer[] {
  const keras = kindOf(layer).keras?.(layer.options, shapes);
  if (keras) return Array.isArray(keras) ? keras : [keras];
  throw new StudioError({
    code: 'no-keras-layer',
    message: `The generator’s layer "${layer.name}" is of kind ${layer.kind}, which Keras and TensorFlow.js have no layer for.`,
    remedy: 'Train a generator without it. Batch and layer normalisation can be exported.',
  });
}

function valuesOf(keras: KerasLayer, layer: Layer, name: string): KerasValue[] {
  return keras.weights.map((weight) => ({
    keras: `${name}/${weight.keras}`,
    value(weights) {
      const value = weight.value(weightsOf(layer, weights));
      if (!value) throw new Error(`Layer "${layer.name}" has no weight for the ${weight.keras} of Keras.`);
      return value;
    },
  }));
}
