/** Opens the trained model of a run from one of its checkpoints, without training. */
import type { WhichCheckpoint } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { modelFrom } from './models.ts';

export type OpenedModel = { run: Run; step: number; model: Model };

/** A run's folder, and which of its checkpoints; the newest whole one by default. */
export type ModelPlace = { folder: string; checkpoint?: WhichCheckpoint | undefined };

/**
 * Opens the model; dispose of its weights after use. Throws StudioError when the run, or that checkpoint of
 * it, cannot be read.
 */
export function openModel({ folder, checkpoint: which = 'newest' }: ModelPlace): OpenedModel {
  const run = Run.open(folder);
  const checkpoint = run.checkpoint(which);
  return { run, step: checkpoint.step, model: modelFrom(run.config, checkpoint) };
}

/** Opens the model for `use`, and frees it afterwards. */
export async function withModel<Result>(
  place: ModelPlace,
  use: (opened: OpenedModel) => Result | Promise<Result>,
): Promise<Result> {
  const opened = openModel(place);
  try {
    return await use(opened);
  } finally {
    tf.dispose(opened.model.weights);
  }
}
