/** A network is data: named inputs, layers in order, named outputs. Here are its shapes, first weights and forward pass. */
import { randomNormal } from '../random.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import { kindOf, type Initial, type Layer, type Mode, type WeightSpec } from './layer.ts';

export type Network = {
  /** Shapes without the batch, such as { z: [100] }. */
  inputs: Record<string, Shape>;
  /** A layer without `inputs` takes the layer before it; the first one, the network's first input. */
  layers: Layer[];
  /** Output name -> layer name, such as { image: 'tanh' }. */
  outputs: Record<string, string>;
};

/** The names that a layer takes its inputs from. */
export function inputNames(network: Network, index: number): string[] {
  const layer = network.layers[index]!;
  if (layer.inputs.length > 0) return layer.inputs;
  return [network.layers[index - 1]?.name ?? Object.keys(network.inputs)[0]!];
}

/** Shapes of all inputs and layers by name, the batch left out. Throws when a layer names an unknown input. */
export function shapesOf(network: Network): Record<string, Shape> {
  const shapes: Record<string, Shape> = { ...network.inputs };
  network.layers.forEach((layer, index) => {
    if (shapes[layer.name]) throw new Error(`Two layers are named "${layer.name}".`);
    shapes[layer.name] = kindOf(layer).outputShape(
      inputNames(network, index).map((name) => known(shapes, name, layer)),
      layer.options,
    );
  });
  return shapes;
}

/** All weights of a network, named `layer/weight`. */
export function weightSpecs(network: Network): WeightSpec[] {
  const shapes = shapesOf(network);
  return network.layers.flatMap((layer, index) => {
    const inputs = inputNames(network, index).map((name) => known(shapes, name, layer));
    return kindOf(layer)
      .weights(inputs, layer.options)
      .map((spec) => ({ ...spec, name: `${layer.name}/${spec.name}` }));
  });
}

/** First weights. `firstStep` numbers them within the seed, so that two networks do not share numbers. */
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
  return randomNormal({ seed, stream: 'initialWeights', step }, count).map(
    (number) => initial.mean + initial.deviation * number,
  );
}

/** What a forward pass gives: outputs by name, new values of the weights that moved by themselves, and inputs and every layer's output by name. */
export type Pass = { outputs: Tensors; statistics: Tensors; values: Tensors };

/** Runs a network. Tensors carry the batch in front: [batch, ...shape]. */
export function forward({
  network,
  weights,
  inputs,
  mode,
  random,
}: {
  network: Network;
  weights: Tensors;
  inputs: Tensors;
  mode: Mode;
  random?: StepRandom | undefined;
}): Pass {
  const values: Tensors = { ...inputs };
  const statistics: Tensors = {};
  network.layers.forEach((layer, index) => {
    const result = kindOf(layer).forward({
      inputs: inputNames(network, index).map((name) => known(values, name, layer)),
      weights: weightsOf(layer, weights),
      options: layer.options,
      mode,
      random,
    });
    values[layer.name] = result.output;
    for (const [name, value] of Object.entries(result.statistics ?? {}))
      statistics[`${layer.name}/${name}`] = value;
  });
  const outputs = Object.entries(network.outputs).map(([output, name]): [string, Tensor] => [
    output,
    values[name]!,
  ]);
  return { outputs: Object.fromEntries(outputs), statistics, values };
}

/** A layer's own weights, under their own names. */
export function weightsOf(layer: Layer, weights: Tensors): Tensors {
  const prefix = `${layer.name}/`;
  const own = Object.entries(weights).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, weight]) => [name.slice(prefix.length), weight]));
}

function known<Value>(values: Record<string, Value>, name: string, layer: Layer): Value {
  const value = values[name];
  if (value === undefined)
    throw new Error(
      `Layer "${layer.name}" takes its input from "${name}", which comes neither before it nor as an input.`,
    );
  return value;
}
