/** Draws the latent points of a run's sample grids. */
import type { RunConfig } from '../contract/index.ts';
import type { RandomKey } from '../random.ts';
import { sampleLayout } from '../samples/index.ts';
import { drawPoints, sizeOf, type LatentSpace } from '../latent.ts';
import { useOf, type Model } from './model.ts';

/** The random key of a run's fixed points. */
export const fixedKey = ({ seed }: Pick<RunConfig, 'seed'>): RandomKey => ({
  seed,
  stream: 'fixedZ',
  step: 0,
});

type Rows = { key: RandomKey; count: number; columns?: number | undefined; classes: number };

/**
 * The points of `count` images, [count, size of the space] flattened, and the class of each. If there are
 * classes, each has a row of `columns` images, and all rows have the same points.
 */
export function pointsOfRows(
  space: LatentSpace,
  { key, count, columns = count, classes }: Rows,
): { points: Float32Array; classes?: Int32Array } {
  if (classes === 0) return { points: drawPoints(space, key, count) };
  const row = drawPoints(space, key, columns);
  const points = new Float32Array(count * sizeOf(space));
  for (let at = 0; at < points.length; at += row.length) points.set(row.subarray(0, points.length - at), at);
  return { points, classes: Int32Array.from({ length: count }, (_, index) => Math.floor(index / columns)) };
}

export type SamplePoint = { z: Float32Array; class?: number };

/**
 * The latent point of the image at index `at` of the run's sample grids, from 0, and its class if there
 * are classes. Undefined where no generated image is shown: at a picture of the data or its rebuilding,
 * beyond the grid, and for points of the plane, which share one picture.
 */
export function pointOfSample(
  { model, config }: { model: Pick<Model, 'latent' | 'uses'>; config: RunConfig },
  at: number,
): SamplePoint | undefined {
  if (config.dataset.source.kind === 'points') return undefined;
  const rebuilds = useOf(model, 'rebuild') !== undefined;
  const { sheet, pairs } = sampleLayout(config, config.samples.count, { rebuilds });
  const { count, columns = count } = sheet;
  const index = at - 2 * pairs * columns;
  if (index < 0 || at >= count) return undefined;
  const { points, classes } = pointsOfRows(model.latent, {
    key: fixedKey(config),
    count: count - 2 * pairs * columns,
    columns: sheet.columns,
    classes: config.classes.length,
  });
  const size = sizeOf(model.latent);
  const label = classes?.[index];
  return { z: points.slice(index * size, (index + 1) * size), ...(label !== undefined && { class: label }) };
}
