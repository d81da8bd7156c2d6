/**
 * The layout of a run's sample grid: pictures above their rebuilding if its GAN rebuilds them, a row for each
 * class if it has classes, and a single picture if its data are points.
 */
import type { ImageBatch, RunConfig } from '../contract/index.ts';
import { SCATTER_SIZE } from './scatter.ts';

/** `pairs`: how many pairs of rows come first, each of pictures of the data above their rebuilding. */
export type SampleLayout = { sheet: Omit<ImageBatch, 'pixels'>; pairs: number };

/** The fewest rows of a sheet with rebuilt pictures: the pictures, their rebuilding, and new images. */
const FEWEST_ROWS = 3;

/** The layout of about `count` samples of a run; `rebuilds`: whether its GAN rebuilds pictures. */
export function sampleLayout(
  config: RunConfig,
  count: number,
  { rebuilds }: { rebuilds: boolean },
): SampleLayout {
  return rebuilds && config.dataset.source.kind !== 'points'
    ? rebuildingLayout(config, count)
    : { sheet: generatedLayout(config, count), pairs: 0 };
}

/** The layout of about `count` new images alone. */
export function generatedLayout(config: RunConfig, count: number): Omit<ImageBatch, 'pixels'> {
  const { dataset, classes } = config;
  if (dataset.source.kind === 'points') return { count: 1, size: SCATTER_SIZE, channels: 3 };
  if (classes.length === 0) return { count, ...imageOf(config) };
  const columns = Math.max(1, Math.floor(count / classes.length));
  return { count: columns * classes.length, ...imageOf(config), columns, rows: classes };
}

/** A quarter of the rows, at least one, shows pictures of the data, and as many rows their rebuilding. */
function rebuildingLayout(config: RunConfig, count: number): SampleLayout {
  const columns = Math.max(1, Math.floor(Math.sqrt(count)));
  const all = Math.max(FEWEST_ROWS, Math.ceil(count / columns));
  const pairs = Math.max(1, Math.floor(all / 4));
  const { classes } = config;
  const generated = classes.length > 0 ? classes : new Array<string>(all - 2 * pairs).fill('new');
  const rows = [...new Array<string[]>(pairs).fill(['pictures', 'rebuilt']).flat(), ...generated];
  return { sheet: { count: columns * rows.length, ...imageOf(config), columns, rows }, pairs };
}

function imageOf({ dataset: { options } }: RunConfig) {
  return { size: options.size, channels: options.colour === 'grey' ? 1 : 3 } as const;
}
