/**
 * Runs a model's networks. It needs no page, and defines the global `ganEngine`, so that another program can
 * check what a page computes.
 */
import './world.ts';
import * as tf from '@tensorflow/tfjs-core';
import type { Operation } from '../../../layers/index.ts';
import { start } from './backend.ts';
import type { Engine, Rows, Running, Stored, StoredNetwork } from './model.ts';
import { stepOf, type Step } from './operations.ts';

declare global {
  var ganEngine: Engine;
}

globalThis.ganEngine = {
  async load({ model, weights, wasm, backend }) {
    const running = await start(bytesOf(wasm), backend);
    const numbers = new Float32Array(bytesOf(weights).buffer);
    const networks = new Map(model.networks.map((network) => [network.name, prepared(network, numbers)]));
    return { backend: running, run: async (name, inputs) => answer(networks.get(name), inputs) };
  },
};

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

type Prepared = {
  steps: { name: string; inputs: readonly string[]; step: Step }[];
  outputs: Record<string, string>;
};

/** The operations as functions, with the tensors that they need already made. */
function prepared({ nodes, outputs }: StoredNetwork, numbers: Float32Array): Prepared {
  const taken = ({ shape, at }: Stored) =>
    tf.tensor(numbers.subarray(at, at + tf.util.sizeFromShape(shape)), shape);
  const steps = nodes.map((node) => {
    const { name, inputs, shape } = node;
    tf.engine().startScope();
    const step = stepOf({ ...withTensors(node, taken), shape });
    tf.engine().endScope();
    return { name, inputs, step };
  });
  return { steps, outputs };
}

/** The operation with its weights as tensors. */
function withTensors(node: Operation<Stored>, taken: (stored: Stored) => tf.Tensor): Operation<tf.Tensor> {
  if (!('weights' in node)) return node;
  const weights = Object.entries(node.weights as Record<string, Stored>).map(
    ([name, stored]) => [name, taken(stored)] as const,
  );
  return { ...node, weights: Object.fromEntries(weights) } as Operation<tf.Tensor>;
}

function answer(
  network: Prepared | undefined,
  inputs: Record<string, Rows>,
): Awaited<ReturnType<Running['run']>> {
  if (!network) throw new Error('The page holds no network of this name.');
  const answers: Awaited<ReturnType<Running['run']>> = {};
  // The callback returns nothing: TensorFlow.js would search all numbers of a result for tensors.
  tf.tidy(() => {
    const seen = new Map(
      Object.entries(inputs).map(([name, { shape, values }]) => [
        name,
        tf.tensor(Float32Array.from(values), [...shape]),
      ]),
    );
    const take = (name: string): tf.Tensor => {
      const tensor = seen.get(name);
      if (!tensor) throw new Error(`The network needs the input "${name}".`);
      return tensor;
    };
    for (const { name, inputs: from, step } of network.steps) {
      const [first = '', ...others] = from;
      seen.set(name, step(take(first), ...others.map(take)));
    }
    for (const [name, from] of Object.entries(network.outputs)) {
      const tensor = take(from);
      answers[name] = { shape: tensor.shape, values: tensor.dataSync<'float32'>() };
    }
  });
  return answers;
}
