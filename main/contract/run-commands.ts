/** Commands about the run that the trainer holds, and about runs that it is to hold. */
import { z } from 'zod';
import { nothing, runFolder } from './command-inputs.ts';
import { changedDataSchema, datasetChoiceSchema, datasetSourceSchema, imageBatchSchema } from './dataset.ts';
import { diskPiecesSchema } from './disk-use.ts';
import { runStatusSchema } from './events.ts';
import { failureSchema } from './failure.ts';
import { qualitySchema, whichCheckpointSchema } from './quality.ts';
import { precisionSchema } from './precision-config.ts';
import { runConfigSchema } from './run-config.ts';

/** The run in the trainer: at most one at a time. */
export const currentRunSchema = z.object({
  folder: z.string(),
  config: runConfigSchema,
  status: runStatusSchema,
  step: z.number().int(),
});
export type CurrentRun = z.infer<typeof currentRunSchema>;

export const RUN_COMMANDS = {
  /** Why no run can be made of these settings; null when one can. */
  'run.check': {
    host: 'trainer',
    input: z.object({ config: runConfigSchema }),
    output: failureSchema.nullable(),
  },
  /** Why the trainer's process cannot be restarted without a loss; null when it can. */
  'trainer.checkRestart': { host: 'trainer', input: nothing, output: failureSchema.nullable() },
  /**
   * Answers when the run trains. Code `data-changed` when the pictures are not those of `config.dataset.content` any
   * more.
   */
  'run.start': {
    host: 'trainer',
    input: z.object({ config: runConfigSchema, changedData: changedDataSchema.optional() }),
    output: currentRunSchema,
  },
  /** Loads a run's generator, of its newest whole checkpoint by default, to look at it and to export it. */
  'run.open': {
    host: 'trainer',
    input: runFolder.extend({ checkpoint: whichCheckpointSchema.optional() }),
    output: currentRunSchema,
  },
  /**
   * Points a run at its pictures: at `source`, where they lie by now, or at changed ones that it is to go on
   * with. Code `data-changed`, with the facts, when they are not the run's and `changedData` is not go-on.
   */
  'run.relink': {
    host: 'library',
    input: runFolder.extend({
      source: datasetSourceSchema.optional(),
      changedData: changedDataSchema.optional(),
    }),
    output: z.object({ dataset: datasetChoiceSchema }),
  },
  /**
   * Goes on from the newest whole checkpoint by default, to `steps` or to the config's number of them. From an earlier
   * one, the steps after it are given up. Code `precision-slow` or `precision-unsupported` where this machine gains nothing
   * by the run's bfloat16: `precision` says in what to go on.
   */
  'run.resume': {
    host: 'trainer',
    input: runFolder.extend({
      steps: runConfigSchema.shape.steps.optional(),
      checkpoint: whichCheckpointSchema.optional(),
      precision: precisionSchema.optional(),
    }),
    output: currentRunSchema,
  },
  /**
   * Of the run in the trainer: the sample grid as G's current weights make it, where samples come from averaged ones;
   * null where they are the same.
   */
  'run.currentSamples': { host: 'trainer', input: nothing, output: imageBatchSchema.nullable() },
  /**
   * Measures the run in the trainer, which holds still, by every metric; takes half a minute, in which progress is told
   * as `measuring`. Code `cancelled` after `run.stopMeasuring`, or when a run begins.
   */
  'run.measure': { host: 'trainer', input: nothing, output: qualitySchema },
  'run.stopMeasuring': { host: 'trainer', input: nothing, output: nothing },
  /** What is in the trainer now; null when nothing is. */
  'run.current': { host: 'trainer', input: nothing, output: currentRunSchema.nullable() },
  'run.pause': { host: 'trainer', input: nothing, output: currentRunSchema },
  'run.continue': { host: 'trainer', input: nothing, output: currentRunSchema },
  /** Takes one step of a paused run, which stays paused; answers when it is taken. */
  'run.step': { host: 'trainer', input: nothing, output: currentRunSchema },
  /**
   * Gives up the run that is being started or resumed, of which nothing stays behind; its start is refused with code
   * `cancelled`. Answers the run that is open then. Does nothing when no run is being started.
   */
  'run.cancel': { host: 'trainer', input: nothing, output: currentRunSchema.nullable() },
  /** Ends the run after the running step, with its last state saved. */
  'run.stop': { host: 'trainer', input: nothing, output: currentRunSchema },
  /** Tries again to save the last state of a run that is unsaved; code `not-written` when the disk refuses it. */
  'run.save': { host: 'trainer', input: nothing, output: currentRunSchema },
  /** Ends an unsaved run without its last state; a run that is not unsaved stays as it is. */
  'run.endUnsaved': { host: 'trainer', input: nothing, output: currentRunSchema },
  /**
   * What a run of these settings would take on this machine, from a measurement of a few seconds. Code `cancelled`
   * when another estimate is asked for, or a run begins, meanwhile.
   */
  'run.estimate': {
    host: 'trainer',
    input: z.object({ config: runConfigSchema }),
    output: z.object({
      /** Before the first step. */
      secondsToBegin: z.number(),
      /** Of a step, with its share of samples and checkpoints. */
      secondsPerStep: z.number(),
      disk: diskPiecesSchema,
      /** Bytes that are free where runs are kept; absent where the system does not tell. */
      free: z.number().optional(),
    }),
  },
} as const;
