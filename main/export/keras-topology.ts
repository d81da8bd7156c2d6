/** A network as Keras' functional model in JSON, which TensorFlow.js reads too; each layer says its own part. */
import { inputNames, kindOf, shapesOf, type Network } from '../layers/index.ts';

type KerasNode = { class_name: string; name: string; config: Record<string, unknown>; inbound_nodes: unknown[] };

/** The model's configuration, and for each of our weights the name that Keras gives it, in the model's order. */
export function kerasTopology(network: Network, name: string): {
  config: Record<string, unknown>; weights: { ours: string; keras: string }[];
} {
  const shapes = shapesOf(network);
  const inputs = Object.entries(network.inputs).map(([input, shape]): KerasNode => ({
    class_name: 'InputLayer', name: input, inbound_nodes: [],
    config: { name: input, batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false },
  }));
  const weights: { ours: string; keras: string }[] = [];
  const layers = network.layers.map((layer, index): KerasNode => {
    const from = inputNames(network, index);
    const keras = kindOf(layer).keras(layer.options, from.map((input) => shapes[input]!));
    weights.push(...keras.weights.map((weight) => ({ ours: `${layer.name}/${weight.ours}`, keras: `${layer.name}/${weight.keras}` })));
    return {
      class_name: keras.className, name: layer.name,
      config: { name: layer.name, trainable: true, dtype: 'float32', ...keras.config },
      inbound_nodes: [from.map((input) => [input, 0, 0, {}])],
    };
  });
  const ends = (names: string[]) => names.map((end) => [end, 0, 0]);
  return {
    weights,
    config: {
      name, layers: [...inputs, ...layers],
      input_layers: ends(Object.keys(network.inputs)), output_layers: ends(Object.values(network.outputs)),
    },
  };
}
