/**
 * Makes the sample grid of G's current weights; the grid that a run shows and keeps comes from averaged ones.
 */
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
 * The grid has the same latent points as the run's own; null if its samples come from the current weights
 * anyway. Throws StudioError if it shows pictures of the data set too, and they cannot be opened.
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
