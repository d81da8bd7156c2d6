/**
 * Makes sample pictures as a run shows them: generated images, class by class in rows, below pictures of the
 * data and their rebuilding; points of the plane as one picture.
 */
import type { ImageBatch, RunConfig } from '../contract/index.ts';
import { somePoints } from '../datasets/index.ts';
import type { RandomKey } from '../random.ts';
import { generatedLayout, sampleLayout, scatterPicture } from '../samples/index.ts';
import { asPictures, generate, generateImages, rebuild } from './generate.ts';
import { drawPoints } from '../latent.ts';
import { useOf, type Model } from './model.ts';
import { pointsOfRows } from './sample-points.ts';

/** Points of the plane in a picture: with fewer their distribution could not be seen. */
const FEWEST_POINTS = 1000;

type SamplesInput = {
  model: Model;
  config: RunConfig;
  key: RandomKey;
  count: number;
  /** Index of the only class to show; by default all classes. */
  chosen?: number | undefined;
};

/**
 * About `count` samples of the latent points that `key` draws: a row of the same points for each class, or
 * all of one class. For points of the plane: a picture of at least 1000 over real ones.
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
 * Samples as a run in training shows them: like `newPictures`, but a model that rebuilds pictures shows some
 * of the data first, each row above that of their rebuilding. `pictures` returns images of the data in [-1,
 * 1], always the same ones.
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

/** The bytes of `count` new images; if there are classes, a row for each, of the same points. */
function rowsOf(model: Model, rows: Parameters<typeof pointsOfRows>[1]): Uint8Array<ArrayBuffer> {
  const { points, classes } = pointsOfRows(model.latent, rows);
  return generateImages(model, points, classes).pixels;
}
