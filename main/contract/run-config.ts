/** Everything that defines a run; written to config.json, versioned, and enough to repeat the run bit for bit. */
import { z } from 'zod';
import { DEFAULT_DATASET_OPTIONS, datasetOptionsSchema, datasetSourceSchema } from './dataset.ts';

/** A choice from the catalogue with its own options, which the chosen entry's schema parses. */
export const choiceSchema = z.object({
  kind: z.string(),
  options: z.record(z.string(), z.unknown()).default({}),
});
export type Choice = z.infer<typeof choiceSchema>;

/** The version that new configs are written in; `main/runs/config-file.ts` brings older ones up to it. */
export const RUN_CONFIG_VERSION = 4;

/** How the learning rates fall: from step `from` on, over so many steps, to `floor` of what they were. */
export const scheduleSchema = z.object({
  kind: z.enum(['constant', 'linear', 'cosine']),
  from: z.number().int().min(0),
  over: z.number().int().min(1),
  floor: z.number().min(0).max(1),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** Schedule and clipping that leave everything as it is. */
export const PLAIN_OPTIMIZER = {
  schedule: { kind: 'constant', from: 0, over: 10_000, floor: 0 },
  clip: 0,
} as const;

/**
 * Whose turn it is. together: D, then G, in every step. several: D in every step, G in every `discriminator`th one.
 * alternating: D in one step, G in the next.
 */
export const turnsSchema = z.object({
  kind: z.enum(['together', 'several', 'alternating']),
  /** Turns of D to one of G; tells only where the kind is several. */
  discriminator: z.number().int().min(1).max(20),
});
export type Turns = z.infer<typeof turnsSchema>;

export const PLAIN_TURNS: Turns = { kind: 'together', discriminator: 1 };

export const runConfigSchema = z.object({
  version: z.literal(RUN_CONFIG_VERSION),
  name: z.string().trim().min(1).max(120),
  dataset: z.object({ source: datasetSourceSchema, options: datasetOptionsSchema }),
  gan: choiceSchema,
  loss: choiceSchema,
  stabilisers: z.array(choiceSchema),
  turns: turnsSchema,
  /** Names of the dataset's class folders, in the order of their labels, for a GAN that is told the class; none for the others. */
  classes: z.array(z.string()),
  z: z.object({ size: z.number().int().min(1).max(1024), distribution: z.enum(['normal', 'uniform']) }),
  optimizer: choiceSchema.extend({
    learningRate: z.object({
      discriminator: z.number().positive().max(1),
      generator: z.number().positive().max(1),
    }),
    schedule: scheduleSchema,
    /** The largest norm of a turn's whole gradient; longer ones are scaled down to it. 0: as they are. */
    clip: z.number().min(0).max(1e6),
  }),
  batch: z.number().int().min(2).max(1024),
  steps: z.number().int().min(1).max(100_000_000),
  seed: z.number().int().min(0).max(0xffffffff),
  /** Decay of the moving average of G's weights per step; samples and exports come from the average. */
  averaging: z.number().min(0).max(0.99999),
  /** Images in the fixed-z sample grid, and steps from one grid to the next. */
  samples: z.object({ count: z.number().int().min(1).max(256), everySteps: z.number().int().min(1) }),
  /** A checkpoint comes after so many steps or minutes, whichever is first; the newest `keep` and the best one stay. */
  checkpoints: z.object({
    everySteps: z.number().int().min(1),
    everyMinutes: z.number().positive().max(1440),
    keep: z.number().int().min(1).max(1000),
  }),
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** The settings a new run starts from. */
export const DEFAULT_RUN_CONFIG: RunConfig = {
  version: RUN_CONFIG_VERSION,
  name: 'Digits',
  dataset: {
    source: { kind: 'built-in', name: 'digits' },
    options: { ...DEFAULT_DATASET_OPTIONS, size: 28, colour: 'grey', background: '#000000' },
  },
  gan: { kind: 'dcgan', options: {} },
  loss: { kind: 'non-saturating', options: {} },
  stabilisers: [],
  turns: PLAIN_TURNS,
  classes: [],
  z: { size: 100, distribution: 'normal' },
  optimizer: {
    kind: 'adam',
    options: {},
    learningRate: { discriminator: 5e-4, generator: 1e-3 },
    ...PLAIN_OPTIMIZER,
  },
  batch: 64,
  steps: 20_000,
  seed: 1,
  averaging: 0.99,
  samples: { count: 64, everySteps: 50 },
  checkpoints: { everySteps: 500, everyMinutes: 5, keep: 3 },
};
