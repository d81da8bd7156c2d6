/** A run's generator as its newest whole checkpoint has it, without training. */
import type { Generator } from '../explore/index.ts';
import { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { generatorFrom } from './session.ts';

export type OpenedGenerator = { run: Run; step: number; generator: Generator };

/**
 * Opens it; dispose of its weights after use. Throws StudioError when the run, or every checkpoint of it,
 * cannot be read.
 */
export function openGenerator(folder: string): OpenedGenerator {
  const run = Run.open(folder);
  const { checkpoint } = run.newestCheckpoint();
  return { run, step: checkpoint.step, generator: generatorFrom(run.config, checkpoint) };
}

/** Opens it for `use`, and frees it afterwards. */
export async function withGenerator<Result>(
  folder: string,
  use: (opened: OpenedGenerator) => Result | Promise<Result>,
): Promise<Result> {
  const opened = openGenerator(folder);
  try {
    return await use(opened);
  } finally {
    tf.dispose(opened.generator.weights);
  }
}
