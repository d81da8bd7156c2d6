/** `sample`: a sheet of new images from a run's newest checkpoint. */
import path from 'node:path';
import { drawPoints, generateImages } from '../explore/index.ts';
import { Run, sheetPng, writeWhole } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { generatorFrom } from '../training/session.ts';

/** Writes the sheet as PNG and answers where. */
export function sampleCommand({ run: folder, count, seed, out }: { run: string; count: number; seed: number; out: string }): string {
  const run = Run.open(path.resolve(folder));
  const generator = generatorFrom(run.config, run.newestCheckpoint().checkpoint);
  const points = drawPoints(run.config.z, { seed, stream: 'latent', step: 0 }, count);
  writeWhole(path.resolve(out), sheetPng(generateImages(generator, points)));
  tf.dispose(generator.weights);
  return path.resolve(out);
}
