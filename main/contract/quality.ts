/** How good a generator is, in numbers, and which checkpoint is the best by them. */
import { z } from 'zod';
import { imageBatchSchema } from './dataset.ts';

/** A number, and its standard error where that is known. */
export const scoreSchema = z.object({ value: z.number(), error: z.number().optional() });
export type Score = z.infer<typeof scoreSchema>;

/** By the kind of metric; only those that can be measured. */
export const scoresSchema = z.record(z.string(), scoreSchema);
export type Scores = z.infer<typeof scoresSchema>;

/** Scores of which values and standard errors were told apart, as events tell them. */
export function scoresFrom(values: Record<string, number>, errors: Record<string, number>): Scores {
  return Object.fromEntries(
    Object.entries(values).map(([kind, value]) => {
      const error = errors[kind];
      return [kind, error === undefined ? { value } : { value, error }];
    }),
  );
}

/**
 * What gives metrics a meaning: pictures of the data held out (or one half of the data against the other), samples of
 * an untrained G, and noise.
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

/** How good the generator in the trainer is, by every metric, beside the yardsticks. */
export const qualitySchema = z.object({
  step: z.number().int(),
  samples: z.number().int(),
  /** Pictures of the data that samples are compared with. */
  images: z.number().int(),
  /** Pictures trained on among which copies are looked for. */
  trained: z.number().int(),
  /** Pictures held out; 0 where the halves of the data stand in for them. */
  heldOut: z.number().int(),
  scores: z.object({
    samples: scoresSchema,
    heldOut: scoresSchema,
    untrained: scoresSchema,
    noise: scoresSchema,
  }),
  /**
   * Samples, likeliest copies first, each beside the picture trained on that is nearest to it, in pixels and in features:
   * rows of three images. Absent without a trained network.
   */
  nearest: z.object({ images: imageBatchSchema, isCopy: z.array(z.boolean()) }).optional(),
});
export type MeasuredQuality = z.infer<typeof qualitySchema>;
