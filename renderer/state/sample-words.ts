/** What a sheet of samples shows, for those who do not see it. */
import type { ImageBatch } from '#main/contract/index.ts';
import { count, plural } from '../parts/format.ts';
import type { SampleGrid } from './samples.svelte.ts';

/** The rows of a run whose GAN rebuilds pictures: each with its rebuilding below, and then new images. */
const PICTURES = 'pictures';
const REBUILT = 'rebuilt';

/** @param classes of the run */
export function sampleWords({ step, images }: SampleGrid, classes: readonly string[]): string {
  const pairs = rebuiltRows(images);
  const ofClasses = classes.length > 0 && images.rows ? `, a row for each class: ${classes.join(', ')}` : '';
  if (pairs === 0) return `${images.count} samples of the generator at step ${count(step)}${ofClasses}`;
  return `${images.count} pictures at step ${count(step)}: ${plural(pairs, 'row')} of pictures of the data set, each beside a row of the same rebuilt, then new pictures of the generator${ofClasses}`;
}

/** How many rows of pictures stand above rows of their rebuilding, before the new images. */
export function rebuiltRows({ rows = [] }: Pick<ImageBatch, 'rows'>): number {
  let pairs = 0;
  while (rows[2 * pairs] === PICTURES && rows[2 * pairs + 1] === REBUILT) pairs++;
  return pairs;
}
