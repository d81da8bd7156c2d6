/**
 * What tests of layers share: one layer as a network, its gradients as make_fixtures.py's case() takes them,
 * and numeric ones.
 */
import { expect } from 'vitest';
import { bothWays, expectClose, fill } from '../reference/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { forward, weightSpecs, type Layer, type Mode, type Network } from './index.ts';

export type Fixture = { output: number[]; gradients: number[][]; penalised?: number[][] };

/**
 * A layer with what it runs on; gradients are taken by the inputs and `weights`, but not by `fixed` weights.
 */
export type Case = {
  layer: (name: string, ...inputs: string[]) => Layer;
  inputs: Tensor[];
  weights?: Tensors;
  fixed?: Tensors;
  mode?: Mode;
  random?: StepRandom;
};

/** A network of one layer. */
export function networkOf({ layer, inputs }: Pick<Case, 'layer' | 'inputs'>): Network {
  const names = inputs.map((_, index) => `x${index}`);
  return {
    inputs: Object.fromEntries(inputs.map((x, index) => [`x${index}`, x.shape.slice(1)])),
    layers: [layer('layer', ...names)],
    outputs: { y: 'layer' },
  };
}

/** The statistics of a new network. */
export function firstStatistics(network: Network): Tensors {
  return Object.fromEntries(
    weightSpecs(network)
      .filter((spec) => spec.movedBy === 'statistics')
      .map((spec) => [spec.name, tf.fill(spec.shape, 'value' in spec.initial ? spec.initial.value : 0)]),
  );
}

/** The layer as a function of its inputs followed by its weights, and these values. */
export function functionOf(given: Case): { run: (values: Tensor[]) => Tensor; values: Tensor[] } {
  const { inputs, weights = {}, fixed = {}, mode = 'training', random } = given;
  const network = networkOf(given);
  const names = Object.keys(weights);
  const named = (entries: Tensors) =>
    Object.fromEntries(Object.entries(entries).map(([name, weight]) => [`layer/${name}`, weight]));
  const run = (values: Tensor[]) =>
    forward({
      network,
      mode,
      random,
      inputs: Object.fromEntries(inputs.map((_, index) => [`x${index}`, values[index]!])),
      weights: {
        ...firstStatistics(network),
        ...named(fixed),
        ...named(Object.fromEntries(names.map((name, index) => [name, values[inputs.length + index]!]))),
      },
    }).outputs['y']!;
  return { run, values: [...inputs, ...names.map((name) => weights[name]!)] };
}

function total(terms: Tensor[]): Scalar {
  return tf.addN(terms.map((term) => tf.sum<Scalar>(term)));
}

/** sum(output * fill(output, 5)) */
function weighed(output: Tensor): Scalar {
  return tf.sum(tf.mul(output, fill(output.shape, 5)));
}

/**
 * s + sum((ds/dx)^2), where s = sum((fill(output, 5) + output) * output) + sum(x^3) and x are the inputs;
 * `values` are the inputs followed by the weights.
 */
export function penalised({ inputs }: Case, run: (values: Tensor[]) => Tensor, values: Tensor[]): Scalar {
  const count = inputs.length;
  const beside = (...xs: Tensor[]): Scalar => {
    const output = run([...xs, ...values.slice(count)]);
    return total([
      tf.mul(tf.add(fill(output.shape, 5), output), output),
      ...xs.map((x) => tf.mul(x, tf.square(x))),
    ]);
  };
  const { value, grads } = tf.valueAndGrads(beside)(values.slice(0, count));
  return total([value, ...grads.map((gradient) => tf.square(gradient))]);
}

/**
 * Expects PyTorch's output and gradients of first and second order, op by op and replayed as a graph, and
 * that the first-order gradients agree with finite differences.
 */
export function expectLike(given: Case, reference: Fixture): void {
  const { run, values } = functionOf(given);
  const count = values.length;
  const [output, ...gradients] = bothWays(
    (inputs) => {
      const all = Object.values(inputs).slice(0, count);
      const fixed = Object.fromEntries(
        Object.keys(given.fixed ?? {}).map((name) => [name, inputs[`fixed/${name}`]!]),
      );
      const own = functionOf({ ...given, fixed }).run;
      const first = tf.grads((...moved: Tensor[]) => weighed(own(moved)))(all);
      return [
        own(all),
        ...first,
        ...(reference.penalised ? tf.grads((...moved: Tensor[]) => penalised(given, own, moved))(all) : []),
      ];
    },
    {
      ...Object.fromEntries(values.map((value, index) => [`value${index}`, value])),
      ...Object.fromEntries(
        Object.entries(given.fixed ?? {}).map(([name, tensor]) => [`fixed/${name}`, tensor]),
      ),
    },
  );
  expectClose(output!, reference.output);
  expectAll(gradients.slice(0, count), reference.gradients);
  expectNumeric((...all: Tensor[]) => weighed(run(all)), values, gradients.slice(0, count));
  if (reference.penalised) expectAll(gradients.slice(count), reference.penalised);
}

function expectAll(actual: Tensor[], reference: number[][]): void {
  expect(actual).toHaveLength(reference.length);
  actual.forEach((gradient, index) => expectClose(gradient, reference[index]!, 2e-5));
}

/** Expects that the gradients along one direction agree with a central difference in that direction. */
export function expectNumeric(
  f: (...values: Tensor[]) => Scalar,
  values: Tensor[],
  gradients: Tensor[],
): void {
  const step = 1e-2;
  const directions = values.map((value, index) => fill(value.shape, 3 + index, 0.3));
  const at = (distance: number) =>
    f(...values.map((value, index) => tf.add(value, tf.mul(directions[index]!, distance)))).dataSync()[0]!;
  const derivative = gradients.reduce(
    (sum, gradient, index) => sum + tf.sum(tf.mul(gradient, directions[index]!)).dataSync()[0]!,
    0,
  );
  const size = gradients.reduce(
    (sum, gradient, index) => sum + tf.sum(tf.abs(tf.mul(gradient, directions[index]!))).dataSync()[0]!,
    0,
  );
  expect(Math.abs((at(step) - at(-step)) / (2 * step) - derivative) / size).toBeLessThan(1e-2);
}
