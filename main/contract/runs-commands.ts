/** Commands about runs on disk, and what they answer. */
import { z } from 'zod';
import { nothing, runFolder } from './command-inputs.ts';
import { imageBatchSchema } from './dataset.ts';
import { runStatusSchema } from './events.ts';
import { failureSchema } from './failure.ts';
import { findingSchema } from './health.ts';
import { bestCheckpointSchema, checkpointEntrySchema, yardsticksSchema } from './quality.ts';
import { runConfigSchema } from './run-config.ts';

/** The process that trains a run. */
const holderSchema = z.object({ pid: z.number().int(), program: z.string(), since: z.string() });

/** A run folder as the library shows it. */
export const runListingSchema = z.object({
  folder: z.string(),
  config: runConfigSchema,
  note: z.string(),
  status: runStatusSchema,
  step: z.number().int(),
  /** Milliseconds since 1970. */
  started: z.number(),
  /** Milliseconds since 1970, of the newest event. */
  changed: z.number(),
  /** Spent training, without pauses. */
  trainedSeconds: z.number(),
  /** The newest of each phase; absent before the first step. */
  losses: z.record(z.string(), z.number()).optional(),
  /** The newest of each metric, by its kind. */
  metrics: z.record(z.string(), z.number()).optional(),
  /** The newest findings on its health. */
  health: z.array(findingSchema).optional(),
  /** Absent before there is one. */
  best: bestCheckpointSchema.optional(),
  /** Step of the newest sample grid; absent before the first. */
  newestSamples: z.number().int().optional(),
  /** The step that `run.resume` goes on from; 0 before the first checkpoint. */
  checkpoint: z.number().int(),
  /** Another process that trains this run now. */
  holder: holderSchema.optional(),
});
export type RunListing = z.infer<typeof runListingSchema>;

/** A run that cannot be read, such as one of a newer version, and what can be done. */
const damagedRunSchema = z.object({
  folder: z.string(),
  failure: failureSchema,
  holder: holderSchema.optional(),
});
export type DamagedRun = z.infer<typeof damagedRunSchema>;

/** What a run has logged, in columns; numbers at the same index belong to the same step. */
export const runHistorySchema = z.object({
  steps: z.instanceof(Uint32Array),
  /** By phase; NaN in steps in which the phase was not played. */
  losses: z.record(z.string(), z.instanceof(Float32Array)),
  /** What stabilisers reported, by name, in the same way. */
  measures: z.record(z.string(), z.instanceof(Float32Array)),
  /** By the kind of metric, in the steps in which they were measured. */
  metrics: z.object({
    steps: z.instanceof(Uint32Array),
    values: z.record(z.string(), z.instanceof(Float32Array)),
    /** Standard errors, in the same way. */
    errors: z.record(z.string(), z.instanceof(Float32Array)),
  }),
  yardsticks: yardsticksSchema,
  best: bestCheckpointSchema.optional(),
  /** Steps of its sample grids, rising. */
  samples: z.array(z.number().int()),
  /** Where the run went on with other pictures, and how they differed. */
  dataChanges: z.array(z.object({ step: z.number().int(), message: z.string() })),
  /** The newest findings on its health; empty for runs without any. */
  health: z.array(findingSchema),
  /** How many lines of its log were skipped because they are not events. */
  skipped: z.number().int(),
});
export type RunHistory = z.infer<typeof runHistorySchema>;

export const RUNS_COMMANDS = {
  /** The runs that can be read, newest first, and those that cannot. */
  'runs.list': {
    host: 'library',
    input: nothing,
    output: z.object({ runs: z.array(runListingSchema), damaged: z.array(damagedRunSchema) }),
  },
  'runs.history': { host: 'library', input: runFolder, output: runHistorySchema },
  /** The sample grid of a step. */
  'runs.samples': {
    host: 'library',
    input: runFolder.extend({ step: z.number().int().min(0) }),
    output: imageBatchSchema,
  },
  /** The checkpoints on disk, newest first. */
  'runs.checkpoints': { host: 'library', input: runFolder, output: z.array(checkpointEntrySchema) },
  /**
   * Keeps a checkpoint, however many come after it, or stops keeping it; code `no-checkpoint` if it is not
   * there.
   */
  'runs.keep': {
    host: 'library',
    input: runFolder.extend({ step: z.number().int().min(0), keep: z.boolean() }),
    output: z.array(checkpointEntrySchema),
  },
  'runs.rename': {
    host: 'library',
    input: runFolder.extend({ name: runConfigSchema.shape.name }),
    output: nothing,
  },
  'runs.note': {
    host: 'library',
    input: runFolder.extend({ note: z.string().max(10_000) }),
    output: nothing,
  },
  /** Moves the folder to the trash; refused while a process trains it. */
  'runs.trash': { host: 'studio', input: runFolder, output: nothing },
} as const;
