/**
 * Everything the renderer may ask for: one table of commands, each with the schema of its input and its
 * answer.
 */
import { z } from 'zod';
import { ABOUT_COMMANDS } from './about.ts';
import { catalogueSchema } from './catalogue-entries.ts';
import { changedDataSchema, datasetChoiceSchema, datasetSourceSchema, imageBatchSchema } from './dataset.ts';
import { DATASET_COMMANDS } from './dataset-commands.ts';
import { diskPiecesSchema } from './disk-use.ts';
import { runStatusSchema } from './events.ts';
import { exportedSchema, exportFormatSchema, exportLayoutSchema } from './export-formats.ts';
import { failureSchema } from './failure.ts';
import { findingSchema } from './health.ts';
import { INSPECT_COMMANDS } from './inspect.ts';
import { PREFERENCE_COMMANDS } from './preferences.ts';
import {
  bestCheckpointSchema,
  checkpointEntrySchema,
  qualitySchema,
  whichCheckpointSchema,
  yardsticksSchema,
} from './quality.ts';
import { labFactsSchema, labFrameRequestSchema, labFrameSchema } from './lab.ts';
import { runConfigSchema } from './run-config.ts';
import { enlargementSchema, previewRequestSchema, sheetRequestSchema } from './sheet.ts';

/** Bytes that the page may have written at once. */
const LARGEST_FILE = 256 * 2 ** 20;

const nothing = z.object({});
const runFolder = z.object({ folder: z.string().min(1) });

/** The run in the trainer: at most one at a time. */
export const currentRunSchema = z.object({
  folder: z.string(),
  config: runConfigSchema,
  status: runStatusSchema,
  step: z.number().int(),
});
export type CurrentRun = z.infer<typeof currentRunSchema>;

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
  /** Spent training, pauses left out. */
  trainedSeconds: z.number(),
  /** The newest of each phase; absent before the first step. */
  losses: z.record(z.string(), z.number()).optional(),
  /** The newest of each metric, by its kind. */
  metrics: z.record(z.string(), z.number()).optional(),
  /** What was said of its health last. */
  health: z.array(findingSchema).optional(),
  /** Absent before the first. */
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

/** What a run told of itself; numbers at equal places belong together. */
export const runHistorySchema = z.object({
  steps: z.instanceof(Uint32Array),
  /** By phase; not a number in steps that the phase sat out. */
  losses: z.record(z.string(), z.instanceof(Float32Array)),
  /** By name, in the same way: what stabilisers told of themselves. */
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
  /** What was said of its health last; nothing of runs that did not look at it. */
  health: z.array(findingSchema),
  /** Lines of its log that could not be read as events, and were skipped. */
  skipped: z.number().int(),
});
export type RunHistory = z.infer<typeof runHistorySchema>;

/**
 * An end of a walk: the latent point that a seed names, that of the image at a place of the run's sample grids,
 * or the one that the run's encoder finds for a picture, a file that the person chose or dropped.
 */
const walkEndSchema = z.union([
  z.object({ seed: z.number().int().min(0).max(0xffffffff) }),
  z.object({ sample: z.number().int().min(0) }),
  z.object({ picture: z.string().min(1) }),
]);
export type WalkEnd = z.infer<typeof walkEndSchema>;

const interpolationSchema = z.object({
  from: walkEndSchema,
  to: walkEndSchema,
  walk: z.enum(['linear', 'spherical']),
  /**
   * Place among the run's classes of the one to make images of, where the GAN is told one; the first unless
   * told.
   */
  class: z.number().int().min(0).optional(),
  /** Positions on the way, 0 at `from` and 1 at `to`; one image each. */
  positions: z.array(z.number().min(0).max(1)).min(1).max(16),
});
export type Interpolation = z.infer<typeof interpolationSchema>;

/** host: who answers. studio: the main process; library and trainer: their utility process. */
export const COMMANDS = {
  ...ABOUT_COMMANDS,
  ...PREFERENCE_COMMANDS,
  ...DATASET_COMMANDS,
  /** Those that can be read, newest first, and those that cannot. */
  'runs.list': {
    host: 'library',
    input: nothing,
    output: z.object({ runs: z.array(runListingSchema), damaged: z.array(damagedRunSchema) }),
  },
  'runs.history': { host: 'library', input: runFolder, output: runHistorySchema },
  /** The sample grid of a step, as it was. */
  'runs.samples': {
    host: 'library',
    input: runFolder.extend({ step: z.number().int().min(0) }),
    output: imageBatchSchema,
  },
  /** The checkpoints on disk, newest first. */
  'runs.checkpoints': { host: 'library', input: runFolder, output: z.array(checkpointEntrySchema) },
  /** Keeps a checkpoint however many come after it, or no longer; code `no-checkpoint` where it is not there. */
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
  'catalogue.list': { host: 'trainer', input: nothing, output: catalogueSchema },
  /** Why no run can be made of these settings; null when one can. */
  'run.check': {
    host: 'trainer',
    input: z.object({ config: runConfigSchema }),
    output: failureSchema.nullable(),
  },
  /** Why the trainer's process cannot be restarted without a loss; null when it can. */
  'trainer.checkRestart': { host: 'trainer', input: nothing, output: failureSchema.nullable() },
  /**
   * Resolves when the run trains. Code `data-changed` when the pictures are no longer those of
   * `config.dataset.content`.
   */
  'run.start': {
    host: 'trainer',
    input: z.object({ config: runConfigSchema, changedData: changedDataSchema.optional() }),
    output: currentRunSchema,
  },
  /** Loads a run's generator, of its newest whole checkpoint unless told, to look at it and to export it. */
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
   * Goes on from the newest whole checkpoint unless told, to `steps` or to the config's number of them. From an earlier
   * one, the steps after it are given up.
   */
  'run.resume': {
    host: 'trainer',
    input: runFolder.extend({
      steps: runConfigSchema.shape.steps.optional(),
      checkpoint: whichCheckpointSchema.optional(),
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
   * Cancels the run that is being started or resumed, and leaves nothing of it behind; its start fails with
   * code `cancelled`. Returns the run that is open afterwards. Does nothing when no run is being started.
   */
  'run.cancel': { host: 'trainer', input: nothing, output: currentRunSchema.nullable() },
  /** Ends the run after the running step, with its last state saved. */
  'run.stop': { host: 'trainer', input: nothing, output: currentRunSchema },
  /** Tries again to save the last state of a run that is unsaved; code `not-written` when the disk refuses it. */
  'run.save': { host: 'trainer', input: nothing, output: currentRunSchema },
  /** Ends an unsaved run without its last state; a run that is not unsaved stays as it is. */
  'run.giveUp': { host: 'trainer', input: nothing, output: currentRunSchema },
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
  /** Makes the 2-D lab anew, at step 0, on the points of the plane that the config names. */
  'lab.open': { host: 'trainer', input: z.object({ config: runConfigSchema }), output: labFactsSchema },
  /**
   * Changes its settings while it runs; what still fits goes on from where it is. Settings that are refused
   * change nothing.
   */
  'lab.configure': { host: 'trainer', input: z.object({ config: runConfigSchema }), output: labFactsSchema },
  /** Takes steps, and answers what there is to see then. */
  'lab.frame': { host: 'trainer', input: labFrameRequestSchema, output: labFrameSchema },
  'lab.close': { host: 'trainer', input: nothing, output: nothing },
  /**
   * The numbers of a latent point, and the class that goes with it where the GAN is told one; null for a place of
   * a sample grid that shows no generated image.
   */
  'latent.point': {
    host: 'trainer',
    input: z.object({ end: walkEndSchema }),
    output: z.object({ z: z.instanceof(Float32Array), class: z.number().int().optional() }).nullable(),
  },
  'latent.interpolate': { host: 'trainer', input: interpolationSchema, output: imageBatchSchema },
  /** Asks for a picture in a dialog; null when the person cancels. */
  'latent.choosePicture': {
    host: 'studio',
    input: nothing,
    output: z.object({ path: z.string().nullable() }),
  },
  /** A picture as the run's networks see it, and its rebuilding, for a run that rebuilds: two images. */
  'latent.rebuild': {
    host: 'trainer',
    input: z.object({ picture: z.string().min(1) }),
    output: imageBatchSchema,
  },
  /** Asks where to in a dialog; null when the person cancels. */
  'export.chooseFolder': {
    host: 'studio',
    input: nothing,
    output: z.object({ path: z.string().nullable() }),
  },
  'export.chooseFile': {
    host: 'studio',
    input: z.object({ name: z.string() }),
    output: z.object({ path: z.string().nullable() }),
  },
  /**
   * Writes a new folder for each format below `folder`, and runs what it wrote where the app holds what runs it; progress
   * is told as `exporting`. Code `cancelled` after `export.cancel`: nothing of it stays.
   */
  'export.generator': {
    host: 'trainer',
    input: z.object({
      formats: z.array(exportFormatSchema).min(1),
      layout: exportLayoutSchema.optional(),
      /** The model as this checkpoint has it; as it is now unless told. */
      checkpoint: whichCheckpointSchema.optional(),
      folder: z.string(),
    }),
    output: z.array(exportedSchema),
  },
  /** Answers when the export under way, if there is one, has ended. */
  'export.cancel': { host: 'trainer', input: nothing, output: nothing },
  'export.sheet': {
    host: 'trainer',
    input: sheetRequestSchema.extend(enlargementSchema.shape).extend({ file: z.string() }),
    output: z.object({ file: z.string(), bytes: z.number() }),
  },
  /** Writes a new folder of PNGs below `folder`, one for each seed from `seed` on, and named by it. */
  'export.pictures': {
    host: 'trainer',
    input: sheetRequestSchema.extend(enlargementSchema.shape).extend({ folder: z.string() }),
    output: z.object({
      folder: z.string(),
      files: z.array(z.object({ name: z.string(), bytes: z.number() })),
    }),
  },
  /** The pictures that `export.sheet` or `export.pictures` would write, enlarged as they would be. */
  'export.preview': { host: 'trainer', input: previewRequestSchema, output: imageBatchSchema },
  /** Writes what the page made, a picture or a table, to a file that the person chose. */
  'export.file': {
    host: 'library',
    input: z.object({
      file: z.string(),
      bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= LARGEST_FILE),
    }),
    output: z.object({ file: z.string(), bytes: z.number() }),
  },
  ...INSPECT_COMMANDS,
  /** Shows a run or an export in the file manager. */
  'studio.reveal': { host: 'studio', input: z.object({ path: z.string() }), output: nothing },
} as const satisfies Record<string, { host: Host; input: z.ZodType; output: z.ZodType }>;

export type Host = 'studio' | 'library' | 'trainer';
export type CommandName = keyof typeof COMMANDS;
export type CommandInput<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['output']>;

/** A command with its input as the command's own schema has parsed it. */
export type Command<Name extends CommandName = CommandName> = { name: Name; input: CommandInput<Name> };

/** The commands that one host answers. */
export type CommandsOf<Owner extends Host> = {
  [Name in CommandName]: (typeof COMMANDS)[Name]['host'] extends Owner ? Name : never;
}[CommandName];

/** A handler for every command of one host; `satisfies` makes a missing one a type error. */
export type Handlers<Owner extends Host> = {
  [Name in CommandsOf<Owner>]: (input: CommandInput<Name>) => Promise<CommandOutput<Name>>;
};
