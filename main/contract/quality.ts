/** How good a generator is, in numbers, and which checkpoint is the best by them. */
import { z } from 'zod';
import { imageBatchSchema } from './dataset.ts';

/** A number, and its standard error where that is known. */
export const scoreSchema = z.object({ value: z.number(), error: z.number().optional() });
export type Score = z.infer<typeof scoreSchema>;

/** By the kind of metric; only those that can be measured. */
export const scoresSchema = z.record(z.string(), scoreSchema);
export type Scores = z.infer<typeof scoresSchema>;

/** Joins values and standard errors, which events hold separately, into scores. */
export function scoresFrom(values: Record<string, number>, errors: Record<string, number>): Scores {
  return Object.fromEntries(
    Object.entries(values).map(([kind, value]) => {
      const error = errors[kind];
      return [kind, error === undefined ? { value } : { value, error }];
    }),
  );
}

/**
 * The scores that give those of samples a meaning: of held-out pictures (or of one half of the data against
 * the other), of samples of an untrained G, and of noise.
 */
export const yardsticksSchema = z.object({
  heldOut: scoresSchema.optional(),
  untrained: scoresSchema.optional(),
  noise: scoresSchema.optional(),
});
export type Yardsticks = z.infer<typeof yardsticksSchema>;

/** The best checkpoint, by which metric, and how good it is. */
export const bestCheckpointSchema = z.object({
  step: z.number().int(),
  /** Kind of the metric. */
  metric: z.string(),
  ...scoreSchema.shape,
});
export type BestCheckpoint = z.infer<typeof bestCheckpointSchema>;

/** One of a run's checkpoints: the newest whole one, the best, or that of a step. */
export const whichCheckpointSchema = z.union([z.enum(['newest', 'best']), z.number().int().min(0)]);
export type WhichCheckpoint = z.infer<typeof whichCheckpointSchema>;

/** A checkpoint that is on disk. */
export const checkpointEntrySchema = z.object({
  step: z.number().int(),
  isBest: z.boolean(),
  /** The person keeps it: it stays, however many come after it. */
  isKept: z.boolean(),
  /** What was measured of it. */
  scores: scoresSchema,
});
export type CheckpointEntry = z.infer<typeof checkpointEntrySchema>;

/** The quality of the generator in the trainer by every metric, beside the yardsticks. */
export const qualitySchema = z.object({
  step: z.number().int(),
  samples: z.number().int(),
  /** How many pictures of the data samples are compared with. */
  images: z.number().int(),
  /** How many training pictures are searched for originals of copies. */
  trained: z.number().int(),
  /** How many held-out pictures there are; 0 if one half of the data stands in for them. */
  heldOut: z.number().int(),
  scores: z.object({
    samples: scoresSchema,
    heldOut: scoresSchema,
    untrained: scoresSchema,
    noise: scoresSchema,
  }),
  /**
   * Rows of three images, the likeliest copies first: a sample, and the training pictures nearest to it in
   * pixels and in features. Absent without a network for features.
   */
  nearest: z.object({ images: imageBatchSchema, isCopy: z.array(z.boolean()) }).optional(),
});
export type MeasuredQuality = z.infer<typeof qualitySchema>;
