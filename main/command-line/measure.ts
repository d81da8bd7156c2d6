/** `measure`: how far a run's images are from its data, beside an untrained generator, in random features. */
import path from 'node:path';
import { openDataset } from '../datasets/index.ts';
import { drawPoints, generate, type Generator } from '../explore/index.ts';
import { randomFeatureDistance, spread, type Images } from '../metrics/index.ts';
import { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { generatorFrom, Session } from '../training/session.ts';
import { defaultFolders } from './default-folders.ts';

const IMAGES = 256;

export type Measurement = { step: number; images: number; distance: number; untrainedDistance: number; spread: number; dataSpread: number };

/** Compares as many generated images as there are real ones, 256 at most, all from fixed seeds. */
export async function measureCommand({ run: folder }: { run: string }): Promise<Measurement> {
  const run = Run.open(path.resolve(folder));
  const { config } = run;
  const dataset = await openDataset({ ...config.dataset, folders: defaultFolders() });
  const count = Math.min(IMAGES, dataset.count);
  const { size, channels } = dataset;
  const shaped = (numbers: Float32Array): Images => ({ numbers, size, channels });
  const data = shaped(dataset.batch({ step: 0, batch: count, seed: 0 }));
  dataset.close();
  const points = drawPoints(config.z, { seed: 0, stream: 'latent', step: 1 }, count);
  const made = (generator: Generator) => shaped(generate(generator, points));
  const { checkpoint } = run.newestCheckpoint();
  const generator = generatorFrom(config, checkpoint);
  const untrained = new Session(config);
  const images = made(generator);
  const measurement = {
    step: checkpoint.step, images: count,
    distance: randomFeatureDistance(images, data),
    untrainedDistance: randomFeatureDistance(made(untrained.generator), data),
    spread: spread(images), dataSpread: spread(data),
  };
  tf.dispose(generator.weights);
  untrained.dispose();
  return measurement;
}
