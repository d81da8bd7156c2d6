/** A sample grid in words, for screen readers, and which of its rows are rebuilt pictures. */
import type { ImageBatch } from '#main/contract/index.ts';
import { count, plural } from '../parts/format.ts';
import type { SampleGrid } from './samples.svelte.ts';

/**
 * Names of rows in the grid of a GAN that rebuilds pictures: pairs of these, and then rows of new pictures.
 */
const PICTURES = 'pictures';
const REBUILT = 'rebuilt';

/** What a sample grid shows. `classes`: those of the run. */
export function sampleWords({ step, images }: SampleGrid, classes: readonly string[]): string {
  const pairs = rebuiltRows(images);
  const ofClasses = classes.length > 0 && images.rows ? `, a row for each class: ${classes.join(', ')}` : '';
  if (pairs === 0) return `${images.count} samples of the generator at step ${count(step)}${ofClasses}`;
  return `${images.count} pictures at step ${count(step)}: ${plural(pairs, 'row')} of pictures of the data set, each beside a row of the same rebuilt, then new pictures of the generator${ofClasses}`;
}

/** How many pairs of a row of pictures and a row of the same rebuilt the grid begins with. */
export function rebuiltRows({ rows = [] }: Pick<ImageBatch, 'rows'>): number {
  let pairs = 0;
  while (rows[2 * pairs] === PICTURES && rows[2 * pairs + 1] === REBUILT) pairs++;
  return pairs;
}
