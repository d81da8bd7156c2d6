/** Requests for new pictures: on one sheet, or each in a file of its own. */
import { z } from 'zod';
import { whichCheckpointSchema } from './quality.ts';

/** The most pixels of enlarged pictures: more would take gigabytes of memory to make. */
export const MOST_SHEET_PIXELS = 2 ** 25;

/** Seeds are whole numbers from 0 to this one. */
export const LARGEST_SEED = 0xffffffff;

export const sheetRequestSchema = z.object({
  seed: z.number().int().min(0).max(LARGEST_SEED),
  count: z.number().int().min(1).max(256),
  /**
   * Number of the class to make pictures of, from 0, for a GAN that takes classes; a row of each by default.
   */
  class: z.number().int().min(0).optional(),
  /** The checkpoint to take the model from; by default the model as it is now. */
  checkpoint: whichCheckpointSchema.optional(),
});
export type SheetRequest = z.infer<typeof sheetRequestSchema>;

/** By how much pictures are enlarged, in each direction. */
export const sheetScaleSchema = z.number().int().min(1).max(8);

/** nearest: every pixel becomes a square of its colour. lanczos: smooth, by Lanczos' filter over 3 pixels. */
export const resamplingSchema = z.enum(['nearest', 'lanczos']);
export type Resampling = z.infer<typeof resamplingSchema>;

/** How pictures are enlarged; by default not at all (scale 1), and by nearest. */
export const enlargementSchema = z.object({
  scale: sheetScaleSchema.optional(),
  resampling: resamplingSchema.optional(),
});
export type Enlargement = z.infer<typeof enlargementSchema>;

/**
 * sheet: all pictures on one, from one seed. separate: each picture from its own seed, `seed` and those after
 * it.
 */
export const picturesKindSchema = z.enum(['sheet', 'separate']);
export type PicturesKind = z.infer<typeof picturesKindSchema>;

export const previewRequestSchema = sheetRequestSchema
  .extend(enlargementSchema.shape)
  .extend({ kind: picturesKindSchema.optional() });
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

/** Pixels of a sheet of `count` pictures of `size` x `size`, without the gaps between them. */
export function sheetPixels({ count, size, scale }: { count: number; size: number; scale: number }): number {
  return count * (size * scale) ** 2;
}
