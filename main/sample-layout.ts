/**
 * How a run's sample pictures are laid out: a row for each class where it has classes, and one picture where
 * its data are points.
 */
import type { ImageBatch, RunConfig } from './contract/index.ts';
import { SCATTER_SIZE } from './scatter.ts';

export type SampleLayout = Omit<ImageBatch, 'pixels'>;

/** The layout of about `count` samples. */
export function sampleLayout(
  { dataset: { source, options }, classes }: RunConfig,
  count: number,
): SampleLayout {
  if (source.kind === 'points') return { count: 1, size: SCATTER_SIZE, channels: 3 };
  const image = { size: options.size, channels: options.colour === 'grey' ? 1 : 3 } as const;
  if (classes.length === 0) return { count, ...image };
  const columns = Math.max(1, Math.floor(count / classes.length));
  return { count: columns * classes.length, ...image, columns, rows: classes };
}
