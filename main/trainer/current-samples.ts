/** The sample grid as G's current weights make it, beside the one of averaged weights that a run shows and keeps. */
import type { ImageBatch } from '../contract/index.ts';
import { fixedKey, samplePictures, useOf, type Model } from '../explore/index.ts';
import type { Inspector } from '../inspect/index.ts';
import type { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';

type CurrentSamplesInput = {
  run: Run;
  model(): Model;
  /** With the current weights; its weights are the caller's to free. */
  currentModel(): Model;
  inspector: Inspector;
};

/**
 * Of the same latent points as the run's grids; null where its samples come from the current weights anyway. Throws
 * StudioError where pictures of the data are shown too, and cannot be opened.
 */
export async function currentSamples(given: CurrentSamplesInput): Promise<ImageBatch | null> {
  const { config } = given.run;
  if (config.averaging === 0) return null;
  const dataset = useOf(given.model(), 'rebuild') && (await given.inspector.dataset());
  const model = given.currentModel();
  try {
    return samplePictures({
      model,
      config,
      key: fixedKey(config),
      count: config.samples.count,
      pictures: (batch) => dataset?.batch({ step: 0, batch, seed: config.seed }) ?? new Float32Array(),
    });
  } finally {
    tf.dispose(model.weights);
  }
}
