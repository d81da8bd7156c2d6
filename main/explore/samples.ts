/**
 * Sample pictures: generated images as a run shows them, its classes row by row; points of the plane as one
 * picture.
 */
import type { ImageBatch, RunConfig } from '../contract/index.ts';
import { somePoints } from '../datasets/index.ts';
import type { RandomKey } from '../random.ts';
import { sampleLayout } from '../sample-layout.ts';
import { scatterPicture } from '../scatter.ts';
import { generate, generateImages, type Generator } from './generate.ts';
import { drawPoints } from './latent.ts';

/** So many points show where they lie. */
const FEWEST_POINTS = 1000;

/**
 * About `count` samples of the latent points that `key` draws, the same ones in the row of each class; of
 * points of the plane a thousand, on real ones.
 */
export function samplePictures({
  generator,
  config,
  key,
  count,
}: {
  generator: Generator;
  config: RunConfig;
  key: RandomKey;
  count: number;
}): ImageBatch {
  const { source } = config.dataset;
  if (source.kind === 'points') {
    const points = generate(generator, drawPoints(config.z, key, Math.max(count, FEWEST_POINTS)));
    return scatterPicture([
      { points: somePoints(source.points), of: 'real' },
      { points, of: 'generated' },
    ]);
  }
  const layout = sampleLayout(config, count);
  const { columns = layout.count } = layout;
  const row = drawPoints(config.z, key, columns);
  const points = new Float32Array(layout.count * config.z.size);
  for (let at = 0; at < points.length; at += row.length) points.set(row.subarray(0, points.length - at), at);
  const classes = Int32Array.from({ length: layout.count }, (_, index) => Math.floor(index / columns));
  return { ...layout, pixels: generateImages(generator, points, classes).pixels };
}
