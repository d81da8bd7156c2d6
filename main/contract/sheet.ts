/** What a sheet of new pictures is asked for by. */
import { z } from 'zod';

/** The most pixels of an enlarged sheet: more would take gigabytes on the way. */
export const MOST_SHEET_PIXELS = 2 ** 25;

export const sheetRequestSchema = z.object({
  seed: z.number().int().min(0).max(0xffffffff),
  count: z.number().int().min(1).max(256),
  /**
   * Place among the run's classes of the one to make pictures of, where the GAN is told one; a row of each unless
   * told.
   */
  class: z.number().int().min(0).optional(),
});
export type SheetRequest = z.infer<typeof sheetRequestSchema>;

/** How many times each pixel is enlarged. */
export const sheetScaleSchema = z.number().int().min(1).max(8);

/** Pixels of a sheet of `count` pictures of `size` x `size`, the gaps between them left out. */
export function sheetPixels({ count, size, scale }: { count: number; size: number; scale: number }): number {
  return count * (size * scale) ** 2;
}
