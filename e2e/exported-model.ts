/** Loads an exported generator in plain TensorFlow.js, which shares nothing with the app but the files. */
import fs from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

const checkSchema = z.object({ z: z.array(z.array(z.number())), images: z.array(z.array(z.number())) });
const modelSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(z.object({
    paths: z.array(z.string()),
    weights: z.array(z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.literal('float32') })),
  })),
});

/** The largest difference between the model's images and those that the app wrote down beside it. */
export async function largestDifference(folder: string): Promise<number> {
  const check = checkSchema.parse(readJson(folder, 'check.json'));
  const model = await tf.loadLayersModel({ load: () => Promise.resolve(artifacts(folder)) });
  const output = model.predict(tf.tensor2d(check.z));
  if (!(output instanceof tf.Tensor)) throw new Error('The model has more than one output.');
  const images = await output.data();
  const expected = check.images.flat();
  if (images.length !== expected.length) throw new Error(`${images.length} numbers for ${expected.length}`);
  return expected.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (images[index] ?? Infinity))), 0);
}

function artifacts(folder: string): tf.io.ModelArtifacts {
  const { modelTopology, weightsManifest } = modelSchema.parse(readJson(folder, 'model.json'));
  const bytes = Buffer.concat(weightsManifest.flatMap(({ paths }) => paths).map((file) => fs.readFileSync(path.join(folder, file))));
  return {
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: new Uint8Array(bytes).buffer,
  };
}

function readJson(folder: string, name: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
}
