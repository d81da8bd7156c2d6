/** `export`: a run's generator in another program's format. */
import path from 'node:path';
import { exporterOf } from '../export/index.ts';
import { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { generatorFrom } from '../training/session.ts';

/** Writes a new folder below `out` and answers its path. */
export async function exportCommand({ run: folder, format, out }: { run: string; format: string; out: string }): Promise<string> {
  const exporter = exporterOf(format);
  const run = Run.open(path.resolve(folder));
  const { checkpoint } = run.newestCheckpoint();
  const generator = generatorFrom(run.config, checkpoint);
  const written = await exporter.write({ generator, config: run.config, step: checkpoint.step, folder: path.resolve(out) });
  tf.dispose(generator.weights);
  return written.folder;
}
