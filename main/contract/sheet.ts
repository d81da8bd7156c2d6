/** What new pictures are asked for by: a sheet of them, or each in a file of its own. */
import { z } from 'zod';
import { whichCheckpointSchema } from './quality.ts';

/** The most pixels of enlarged pictures: more would take gigabytes on the way. */
export const MOST_SHEET_PIXELS = 2 ** 25;

/** Seeds are whole numbers from 0 to this one. */
export const LARGEST_SEED = 0xffffffff;

export const sheetRequestSchema = z.object({
  seed: z.number().int().min(0).max(LARGEST_SEED),
  count: z.number().int().min(1).max(256),
  /**
   * Place among the run's classes of the one to make pictures of, where the GAN is told one; a row of each by default.
   */
  class: z.number().int().min(0).optional(),
  /** The model as this checkpoint has it; as it is now by default. */
  checkpoint: whichCheckpointSchema.optional(),
});
export type SheetRequest = z.infer<typeof sheetRequestSchema>;

/** How many times each pixel is enlarged. */
export const sheetScaleSchema = z.number().int().min(1).max(8);

/** nearest: every pixel becomes a square of its colour. lanczos: smooth, by Lanczos' filter over 3 pixels. */
export const resamplingSchema = z.enum(['nearest', 'lanczos']);
export type Resampling = z.infer<typeof resamplingSchema>;

/** How pictures are enlarged: once, and by nearest by default. */
export const enlargementSchema = z.object({
  scale: sheetScaleSchema.optional(),
  resampling: resamplingSchema.optional(),
});
export type Enlargement = z.infer<typeof enlargementSchema>;

/** sheet: one picture of all, from one seed. separate: each picture from a seed of its own, `seed` and those after it. */
export const picturesKindSchema = z.enum(['sheet', 'separate']);
export type PicturesKind = z.infer<typeof picturesKindSchema>;

export const previewRequestSchema = sheetRequestSchema
  .extend(enlargementSchema.shape)
  .extend({ kind: picturesKindSchema.optional() });
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

/** Pixels of a sheet of `count` pictures of `size` x `size`, the gaps between them left out. */
export function sheetPixels({ count, size, scale }: { count: number; size: number; scale: number }): number {
  return count * (size * scale) ** 2;
}
