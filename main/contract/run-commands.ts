/** Commands about the run in the trainer, and about runs to be started, opened or resumed there. */
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
   * Answers once the run trains. Code `data-changed` when the pictures are no longer those of
   * `config.dataset.content`.
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
   * Points a run at its pictures: at `source`, where they now lie, or at changed ones that it is to go on
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
   * Goes on from `checkpoint`, by default the newest whole one, to `steps`, by default the config's; steps
   * after the checkpoint are given up. Code `precision-slow` or `precision-unsupported` if the run's bfloat16
   * is slower or missing on this machine; call it again with the `precision` to go on in.
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
   * The sample grid of the run in the trainer as G's current weights make it; null if samples come from those
   * weights anyway, and not from averaged ones.
   */
  'run.currentSamples': { host: 'trainer', input: nothing, output: imageBatchSchema.nullable() },
  /**
   * Measures the run in the trainer, which must not be training, by every metric. It takes half a minute and
   * reports progress as `measuring`. Code `cancelled` after `run.stopMeasuring`, or when a run begins.
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
   * Cancels the run that is being started or resumed and leaves nothing of the attempt behind; that command
   * fails with code `cancelled`. Answers the run that is open afterwards. Does nothing when no run is being
   * started.
   */
  'run.cancel': { host: 'trainer', input: nothing, output: currentRunSchema.nullable() },
  /** Ends the run after the current step and saves its last state. */
  'run.stop': { host: 'trainer', input: nothing, output: currentRunSchema },
  /** Tries again to save the last state of an unsaved run; code `not-written` when the disk refuses it. */
  'run.save': { host: 'trainer', input: nothing, output: currentRunSchema },
  /** Ends an unsaved run without its last state; a run that is not unsaved stays as it is. */
  'run.endUnsaved': { host: 'trainer', input: nothing, output: currentRunSchema },
  /**
   * What a run of these settings would take on this machine, from a measurement of a few seconds. Code
   * `cancelled` when another estimate is asked for, or a run begins, meanwhile.
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
      /** Free bytes where runs are kept; absent if the system does not tell. */
      free: z.number().optional(),
    }),
  },
} as const;
