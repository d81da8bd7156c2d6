/** A dataset as the renderer sees it: where it comes from, how its images are prepared, and what was found. */
import { z } from 'zod';

/** Training sizes in pixels, width = height. */
export const TRAINING_SIZES = [28, 32, 64, 128] as const;
/** The sets that come with the app, by the name of their folder. */
export const BUILT_IN_DATASETS = ['digits', 'emoji'] as const;

export const datasetSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string().min(1) }),
  z.object({ kind: z.literal('built-in'), name: z.enum(BUILT_IN_DATASETS) }),
]);
export type DatasetSource = z.infer<typeof datasetSourceSchema>;

export const datasetOptionsSchema = z.object({
  size: z.union(TRAINING_SIZES.map((size) => z.literal(size))),
  colour: z.enum(['rgb', 'grey']),
  /** crop: the largest centred square; fit: the whole image, on the background colour. */
  framing: z.enum(['crop', 'fit']),
  /** What shows through transparent pixels and beside a fitted image. */
  background: z.string().regex(/^#[0-9a-f]{6}$/i, 'expected a colour such as #ffffff'),
  /** Show the network each image mirrored half of the time. */
  mirror: z.boolean(),
});
export type DatasetOptions = z.infer<typeof datasetOptionsSchema>;

export const DEFAULT_DATASET_OPTIONS: DatasetOptions = {
  size: 64, colour: 'rgb', framing: 'crop', background: '#ffffff', mirror: false,
};

export const leftOutReasonSchema = z.enum(['not-an-image', 'damaged', 'too-small', 'too-large', 'unreadable', 'link-loop']);
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>;

export const leftOutSchema = z.object({
  /** Path below the dataset folder, undecodable bytes replaced by U+FFFD. */
  file: z.string(),
  reason: leftOutReasonSchema,
  /** The facts: "30000 x 30000 pixels; the largest is 16384 x 16384". */
  detail: z.string(),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

export const datasetSummarySchema = z.object({
  /** Names this folder prepared with these options; equal input gives an equal id. */
  id: z.string(),
  source: datasetSourceSchema,
  options: datasetOptionsSchema,
  name: z.string(),
  /** Images ready to train on. */
  count: z.number().int().nonnegative(),
  /** Every file looked at, images or not. */
  filesSeen: z.number().int().nonnegative(),
  leftOut: z.array(leftOutSchema),
  /** Smallest, median and largest original image, in pixels; absent without images. */
  originalSizes: z.object({
    smallest: z.tuple([z.number(), z.number()]),
    median: z.tuple([z.number(), z.number()]),
    largest: z.tuple([z.number(), z.number()]),
  }).optional(),
  /** Files per format, such as { PNG: 40 }. */
  formats: z.record(z.string(), z.number()),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

/** Images side by side: pixels are NHWC bytes, 0 to 255, of length count * size * size * channels. */
export const imageBatchSchema = z.object({
  count: z.number().int().nonnegative(),
  size: z.number().int().positive(),
  channels: z.union([z.literal(1), z.literal(3)]),
  pixels: z.instanceof(Uint8Array),
});
export type ImageBatch = z.infer<typeof imageBatchSchema>;
