/**
 * Runs graph models in plain TensorFlow.js, as in a browser without a GPU; with tfjs-node it would use its
 * kernels.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TensorFlow from '@tensorflow/tfjs';
import { z } from 'zod';
import type { OpenNetwork } from './serve.ts';

const load = typeof require === 'function' ? require : createRequire(import.meta.url);

/** The parts of a model's file that are read here; the rest goes to TensorFlow.js unchanged. */
const modelSchema = z.object({
  modelTopology: z.object({}).loose(),
  weightsManifest: z
    .array(z.object({ paths: z.array(z.string()).length(1), weights: z.array(z.object({}).loose()) }))
    .length(1),
});

export const openGraphModel: OpenNetwork = async (file) => {
  const tf = load('@tensorflow/tfjs') as typeof TensorFlow;
  await tf.setBackend('cpu');
  const { modelTopology, weightsManifest, ...rest } = modelSchema
    .loose()
    .parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  const [group] = weightsManifest;
  const bytes = fs.readFileSync(path.join(path.dirname(file), path.basename(group?.paths[0] ?? '')));
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      ...rest,
      modelTopology,
      weightSpecs: group?.weights as unknown as TensorFlow.io.WeightsManifestEntry[],
      weightData: new Uint8Array(bytes).buffer,
    }),
  );
  return async (inputs, outputs) => {
    const fed = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]),
    );
    const made = [model.execute(fed, [...outputs])].flat();
    return Object.fromEntries(
      made.map((tensor, index) => [
        outputs[index] ?? '',
        { shape: tensor.shape, values: tensor.dataSync<'float32'>() },
      ]),
    );
  };
};
