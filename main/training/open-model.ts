/** A run's trained model as its newest whole checkpoint has it, without training. */
import type { Model } from '../explore/index.ts';
import { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { modelFrom } from './session.ts';

export type OpenedModel = { run: Run; step: number; model: Model };

/**
 * Opens it; dispose of its weights after use. Throws StudioError when the run, or every checkpoint of it,
 * cannot be read.
 */
export function openModel(folder: string): OpenedModel {
  const run = Run.open(folder);
  const { checkpoint } = run.newestCheckpoint();
  return { run, step: checkpoint.step, model: modelFrom(run.config, checkpoint) };
}

/** Opens it for `use`, and frees it afterwards. */
export async function withModel<Result>(
  folder: string,
  use: (opened: OpenedModel) => Result | Promise<Result>,
): Promise<Result> {
  const opened = openModel(folder);
  try {
    return await use(opened);
  } finally {
    tf.dispose(opened.model.weights);
  }
}
