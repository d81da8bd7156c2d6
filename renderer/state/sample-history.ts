/** Earlier sample grids, thinned so that a long run keeps its whole story in bounded memory. */
import type { ImageBatch } from '#main/contract/index.ts';

export type SampleGrid = { step: number; images: ImageBatch };

/** Memory that earlier grids may take, in bytes. */
const BUDGET = 96 * 1024 * 1024;
const FEWEST = 8;
const MOST = 200;

/** How many grids of this size to keep. */
export function gridLimit(bytesPerGrid: number): number {
  return Math.max(FEWEST, Math.min(MOST, Math.floor(BUDGET / Math.max(1, bytesPerGrid))));
}

/** The history with one more grid; when full, every second of the older ones goes, first and newest stay. */
export function withGrid(history: readonly SampleGrid[], grid: SampleGrid): SampleGrid[] {
  const earlier = history.filter((each) => each.step < grid.step);
  if (earlier.length + 1 > gridLimit(grid.images.pixels.length)) {
    return [...earlier.filter((_, i) => i % 2 === 0), grid];
  }
  return [...earlier, grid];
}
