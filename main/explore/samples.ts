/**
 * Sample pictures: generated images as a run shows them, its classes row by row, below pictures of the data and
 * their rebuilding; points of the plane as one picture.
 */
import type { ImageBatch, RunConfig } from '../contract/index.ts';
import { somePoints } from '../datasets/index.ts';
import type { RandomKey } from '../random.ts';
import { generatedLayout, sampleLayout, scatterPicture } from '../samples/index.ts';
import { asPictures, generate, generateImages, rebuild } from './generate.ts';
import { drawPoints } from '../latent.ts';
import { useOf, type Model } from './model.ts';
import { pointsOfRows } from './sample-points.ts';

/** So many points show where they lie. */
const FEWEST_POINTS = 1000;

type SamplesInput = {
  model: Model;
  config: RunConfig;
  key: RandomKey;
  count: number;
  /** Place of the only class, where there are classes. */
  chosen?: number | undefined;
};

/**
 * About `count` samples of the latent points that `key` draws, the same ones in the row of each class, or all of one
 * class; of points of the plane a thousand, on real ones.
 */
export function newPictures({ model, config, key, count, chosen }: SamplesInput): ImageBatch {
  const { source } = config.dataset;
  if (source.kind === 'points') {
    const points = generate(model, drawPoints(model.latent, key, Math.max(count, FEWEST_POINTS)));
    return scatterPicture([
      { points: somePoints(source.points), of: 'real' },
      { points, of: 'generated' },
    ]);
  }
  if (chosen !== undefined)
    return generateImages(model, drawPoints(model.latent, key, count), new Int32Array(count).fill(chosen));
  const sheet = generatedLayout(config, count);
  return { ...sheet, pixels: rowsOf(model, { ...sheet, key, classes: config.classes.length }) };
}

/**
 * The same as a run in training shows them: a model that rebuilds pictures shows some of the data first, each
 * row above that of their rebuilding. `pictures` answers images of the data, always the same ones, as the step
 * is fed them.
 */
export function samplePictures({
  pictures,
  ...given
}: SamplesInput & { pictures: (count: number) => Float32Array }): ImageBatch {
  const { model, config, key, count } = given;
  const rebuilds = useOf(model, 'rebuild') !== undefined;
  const { sheet, pairs } = sampleLayout(config, count, { rebuilds });
  const { columns } = sheet;
  if (pairs === 0 || columns === undefined) return newPictures(given);
  const shown = pictures(pairs * columns);
  const both = [shown, rebuild(model, shown)].map((numbers) => asPictures(model, numbers).pixels);
  const above = Array.from({ length: pairs }, (_, pair) =>
    both.map((pixels) =>
      pixels.subarray((pair * pixels.length) / pairs, ((pair + 1) * pixels.length) / pairs),
    ),
  ).flat();
  const generated = rowsOf(model, {
    key,
    columns,
    count: sheet.count - 2 * pairs * columns,
    classes: config.classes.length,
  });
  return { ...sheet, pixels: Buffer.concat([...above, generated]) };
}

/** `count` new images; where there are classes, a row for each, of the same points. */
function rowsOf(model: Model, rows: Parameters<typeof pointsOfRows>[1]): Uint8Array<ArrayBuffer> {
  const { points, classes } = pointsOfRows(model.latent, rows);
  return generateImages(model, points, classes).pixels;
}
