/**
 * Makes a Keras functional model of a finished network: its configuration, and its weights in Keras's order.
 */
import type { Numbers, PortableNetwork } from '../../layers/index.ts';
import type { Shape } from '../../tensor.ts';
import { kerasLayers, type KerasLayer } from './layers.ts';

/**
 * A layer of the model; `inputs` are the names of the layers that it takes, `shape` is its output without the
 * batch.
 */
export type ModelLayer = KerasLayer & { name: string; inputs: string[]; shape: Shape };

export type FunctionalModel = { config: Record<string, unknown>; layers: ModelLayer[]; outputs: string[] };

/**
 * Inputs keep their names. The model returns several outputs as a dictionary, and a single one as it is.
 * Throws StudioError `not-portable`.
 */
export function functionalModel(name: string, network: PortableNetwork): FunctionalModel {
  const names = new Map(Object.keys(network.inputs).map((input) => [input, input]));
  const layers: ModelLayer[] = Object.entries(network.inputs).map(([input, shape]) => ({
    className: 'InputLayer',
    options: { batch_shape: [null, ...shape] },
    name: input,
    inputs: [],
    shape,
  }));
  const taken = new Set(names.values());
  for (const node of network.nodes) {
    let before = node.inputs.map((from) => existing(names, from));
    const chain = kerasLayers(node);
    chain.forEach((layer, index) => {
      const own = freeName(taken, index === chain.length - 1 ? node.name : `${node.name}.${index + 1}`);
      const inputs = layer.squares ? [...before, ...before] : before;
      layers.push({ ...layer, name: own, inputs, shape: layer.shape ?? node.shape });
      before = [own];
    });
    names.set(node.name, before[0] ?? '');
  }
  // Keras sorts the outputs by name.
  const outputs = Object.entries(network.outputs)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([output, from]) => [output, existing(names, from)] as const);
  return {
    config: modelConfig(name, { layers, inputs: Object.keys(network.inputs), outputs }),
    layers,
    outputs: outputs.map(([, from]) => from),
  };
}

function modelConfig(
  name: string,
  {
    layers,
    inputs,
    outputs,
  }: {
    layers: readonly ModelLayer[];
    inputs: readonly string[];
    outputs: readonly (readonly [string, string])[];
  },
): Record<string, unknown> {
  const shapes = new Map(layers.map((layer) => [layer.name, layer.shape]));
  const end = (layer: string) => [layer, 0, 0];
  const [only, ...others] = outputs;
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    registered_name: 'Functional',
    config: {
      name,
      trainable: true,
      layers: layers.map((layer) => layerConfig(layer, shapes)),
      input_layers: inputs.map(end),
      output_layers:
        only && others.length === 0
          ? [end(only[1])]
          : Object.fromEntries(outputs.map(([output, from]) => [output, end(from)])),
    },
  };
}

function layerConfig(
  { className, name, options, inputs }: ModelLayer,
  shapes: ReadonlyMap<string, Shape>,
): Record<string, unknown> {
  const tensors = inputs.map((from) => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, ...(shapes.get(from) ?? [])], dtype: 'float32', keras_history: [from, 0, 0] },
  }));
  return {
    module: 'keras.layers',
    class_name: className,
    registered_name: null,
    name,
    config: { name, dtype: 'float32', ...options },
    inbound_nodes:
      tensors.length === 0 ? [] : [{ args: tensors.length === 1 ? tensors : [tensors], kwargs: {} }],
  };
}

/**
 * Keras accepts no slash in a layer's name and no name twice; its TensorFlow backend accepts only these
 * characters.
 */
function freeName(taken: Set<string>, wanted: string): string {
  const plain = wanted.replace(/[^A-Za-z0-9_.-]/g, '_');
  let name = plain;
  for (let count = 1; taken.has(name); count++) name = `${plain}_${count}`;
  taken.add(name);
  return name;
}

function existing(names: ReadonlyMap<string, string>, name: string): string {
  const found = names.get(name);
  if (found !== undefined) return found;
  throw new Error(`Nothing in the network gives "${name}".`);
}

/**
 * The weights by the name of their group in a .keras file: Keras numbers the layers of each class, in the
 * order in which it arranges the layers of a loaded model.
 */
export function weightGroups(model: FunctionalModel): Record<string, Numbers[]> {
  const counts = new Map<string, number>();
  const groups: Record<string, Numbers[]> = {};
  for (const { className, weights = [] } of orderOf(model)) {
    const count = counts.get(className) ?? 0;
    counts.set(className, count + 1);
    if (weights.length === 0) continue;
    groups[count === 0 ? snakeCase(className) : `${snakeCase(className)}_${count}`] = weights;
  }
  return groups;
}

/** The class in snake case by Keras's own rules, such as `conv2d_transpose`. */
function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/**
 * Keras's order: the farther a layer is from the outputs, the earlier. Layers at the same distance are in the
 * order in which a depth-first search from the outputs reaches them.
 */
function orderOf({ layers, outputs }: FunctionalModel): ModelLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met = new Map<string, number>();
  const finished: ModelLayer[] = [];
  const visit = (name: string) => {
    const layer = byName.get(name);
    if (!layer || met.has(name)) return;
    met.set(name, met.size);
    layer.inputs.forEach(visit);
    finished.push(layer);
  };
  outputs.forEach(visit);
  const distance = new Map<string, number>();
  for (const { name, inputs } of [...finished].reverse()) {
    const own = distance.get(name) ?? 0;
    distance.set(name, own);
    for (const from of inputs) distance.set(from, Math.max(own + 1, distance.get(from) ?? 0));
  }
  const rank = ({ name }: ModelLayer) => [distance.get(name) ?? 0, met.get(name) ?? 0] as const;
  return finished.sort((one, other) => {
    const [[far, first], [otherFar, second]] = [rank(one), rank(other)];
    return otherFar - far || first - second;
  });
}
