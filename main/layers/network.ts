/**
 * A network is data: named inputs, layers in order, named outputs. Here are its shapes, first weights and
 * forward pass.
 */
import { randomNormal } from '../random.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import {
  assertFits,
  kindOf,
  type Initial,
  type Layer,
  type Mixing,
  type Mode,
  type WeightSpec,
} from './layer.ts';

export type Network<Input extends string = string, Output extends string = string> = {
  /** Shapes without the batch, such as { z: [100] }. */
  inputs: Record<Input, Shape>;
  /** A layer without `inputs` takes the layer before it; the first one, the network's first input. */
  layers: Layer[];
  /** Output name -> layer name, such as { image: 'tanh' }. */
  outputs: Record<Output, string>;
};

/** A layer and where its inputs come from. */
export type Wired = { layer: Layer; inputs: [string, ...string[]] };

/** The layers, each with the names that it takes its inputs from. */
export function wired({ inputs, layers }: Network): Wired[] {
  const [first] = Object.keys(inputs);
  return layers.map((layer, index) => {
    const [named, ...others] = layer.inputs;
    const from = named ?? layers[index - 1]?.name ?? first;
    if (from === undefined)
      throw new Error(`Layer "${layer.name}" has nothing to take: the network has no inputs.`);
    return { layer, inputs: [from, ...others] };
  });
}

/** The names that a layer takes its inputs from; throws if the network has no layer of that index. */
export function inputNames(network: Network, index: number): string[] {
  const found = wired(network)[index];
  if (!found) throw new Error(`The network has ${network.layers.length} layers, so none of index ${index}.`);
  return found.inputs;
}

/** A layer with the shapes of its inputs and its output, without the batch. */
export type Shaped = Wired & { shapes: [Shape, ...Shape[]]; shape: Shape };

/** The layers with their shapes. Throws when a layer names an unknown input. */
export function shaped(network: Network): Shaped[] {
  const known = new ByName(Object.entries(network.inputs));
  return wired(network).map(({ layer, inputs }) => {
    if (known.has(layer.name)) throw new Error(`Two layers are named "${layer.name}".`);
    const shapes = known.of({ layer, inputs });
    assertFits(layer, shapes);
    const shape = kindOf(layer).outputShape(shapes, layer.options);
    known.set(layer.name, shape);
    return { layer, inputs, shapes, shape };
  });
}

/**
 * Shapes of all inputs and layers by name, the batch left out. Throws when a layer names an unknown input.
 */
export function shapesOf(network: Network): Record<string, Shape> {
  return {
    ...network.inputs,
    ...Object.fromEntries(shaped(network).map(({ layer, shape }) => [layer.name, shape])),
  };
}

/** All weights of a network, named `layer/weight`. */
export function weightSpecs(network: Network): WeightSpec[] {
  return shaped(network).flatMap(({ layer, shapes }) =>
    kindOf(layer)
      .weights(shapes, layer.options)
      .map((spec) => ({ ...spec, name: `${layer.name}/${spec.name}` })),
  );
}

/** The part of the network that these of its outputs depend on. */
export function prunedTo(network: Network, outputs: readonly string[]): Network {
  const kept = Object.fromEntries(Object.entries(network.outputs).filter(([name]) => outputs.includes(name)));
  const needed = new Set(Object.values(kept));
  const layers = wired(network)
    .reverse()
    .filter(({ layer, inputs }) => {
      if (needed.has(layer.name)) inputs.forEach((name) => needed.add(name));
      return needed.has(layer.name);
    })
    .reverse()
    .map(({ layer, inputs }) => ({ ...layer, inputs }));
  const inputs = Object.fromEntries(Object.entries(network.inputs).filter(([name]) => needed.has(name)));
  return { inputs, layers, outputs: kept };
}

/** How the first layer that mixes the images of a batch does it; undefined if no layer does. */
export function mixingOf({ layers }: Network): Mixing | undefined {
  return layers.map((layer) => kindOf(layer).mixesBatch).find((mixing) => mixing !== false);
}

/**
 * First weights: weight i is drawn at step `firstStep + i` of the seed, so that networks with other steps
 * share no numbers.
 */
export function initialWeights(
  network: Network,
  { seed, firstStep }: { seed: number; firstStep: number },
): Tensors {
  return Object.fromEntries(
    weightSpecs(network).map(({ name, shape, initial }, index) => [
      name,
      tf.tensor(initialValues(initial, shape, { seed, step: firstStep + index }), shape),
    ]),
  );
}

function initialValues(
  initial: Initial,
  shape: Shape,
  { seed, step }: { seed: number; step: number },
): Float32Array {
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if ('value' in initial) return new Float32Array(count).fill(initial.value);
  const { mean, deviation, copies = 1 } = initial;
  const drawn = randomNormal({ seed, stream: 'initialWeights', step }, count / copies).map(
    (number) => mean + deviation * number,
  );
  if (copies === 1) return drawn;
  const last = shape.at(-1) ?? 1;
  const own = last / copies;
  return Float32Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / last);
    return drawn[row * own + ((index % last) % own)] ?? 0;
  });
}

/**
 * The result of a forward pass: outputs by name, new values of the weights that the pass itself updates
 * (`statistics`), and the values of all inputs and layers by name.
 */
export type Pass<Output extends string = string> = {
  outputs: Record<Output, Tensor>;
  statistics: Tensors;
  values: Tensors;
};

/** Runs a network. Tensors carry the batch in front: [batch, ...shape]. */
export function forward<Output extends string>({
  network,
  weights,
  inputs,
  mode,
  random,
}: {
  network: Network<string, Output>;
  weights: Tensors;
  inputs: Tensors;
  mode: Mode;
  random?: StepRandom | undefined;
}): Pass<Output> {
  const values = new ByName(Object.entries(inputs));
  const statistics: Tensors = {};
  for (const { layer, inputs } of wired(network)) {
    const result = kindOf(layer).forward({
      inputs: values.of({ layer, inputs }),
      weights: weightsOf(layer, weights),
      options: layer.options,
      mode,
      random,
    });
    values.set(layer.name, result.output);
    for (const [name, value] of Object.entries(result.statistics ?? {}))
      statistics[`${layer.name}/${name}`] = value;
  }
  const outputs = Object.entries<string>(network.outputs).map(([name, layer]) => {
    const value = values.get(layer);
    if (!value)
      throw new Error(`The output "${name}" is the layer "${layer}", which the network does not have.`);
    return [name, value];
  });
  return {
    outputs: Object.fromEntries(outputs) as Record<Output, Tensor>,
    statistics,
    values: Object.fromEntries(values),
  };
}

/** A layer's own weights, under their own names. */
export function weightsOf(layer: Layer, weights: Tensors): Tensors {
  const prefix = `${layer.name}/`;
  const own = Object.entries(weights).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, weight]) => [name.slice(prefix.length), weight]));
}

/** Values or shapes of the network's inputs and of the layers so far, by name. */
class ByName<Value> extends Map<string, Value> {
  /** Those of the layer's inputs. Throws for a name that comes later or does not exist. */
  of({ layer, inputs: [first, ...others] }: Wired): [Value, ...Value[]] {
    const value = (name: string) => {
      const found = this.get(name);
      if (found !== undefined) return found;
      throw new Error(
        `Layer "${layer.name}" takes its input from "${name}", which comes neither before it nor as an input.`,
      );
    };
    return [value(first), ...others.map(value)];
  }
}
