/**
 * Events: facts that are streamed to the renderer; those of a run are also logged to events.jsonl, one a
 * line.
 */
import { precisionSchema } from './precision-config.ts';
import { z } from 'zod';
import { imageBatchSchema, recentDatasetSchema } from './dataset.ts';
import { exportFormatSchema } from './export-formats.ts';
import { failureSchema } from './failure.ts';
import { findingSchema, signsSchema } from './health.ts';
import { bestCheckpointSchema, yardsticksSchema } from './quality.ts';

/**
 * interrupted: its process ended without saying so; the newest checkpoint is there. unsaved: it is over, but
 * its last state could not be written; it waits in memory until `run.save` writes it or `run.endUnsaved`
 * discards it.
 */
export const runStatusSchema = z.enum([
  'starting',
  'training',
  'paused',
  'unsaved',
  'stopped',
  'finished',
  'failed',
  'interrupted',
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** A step of a run. No run comes near the limit, so a file with a larger number was not written by one. */
const stepSchema = z.number().int().min(0).max(1_000_000_000);

/** Losses of the phases played in one step. */
const lossesEvent = z.object({
  type: z.literal('losses'),
  step: stepSchema,
  /** By phase, such as discriminator and generator. */
  losses: z.record(z.string(), z.number()),
  /** What stabilisers report, such as the probability of an adaptive augmentation. */
  measures: z.record(z.string(), z.number()).optional(),
});
const progressEvent = z.object({
  type: z.literal('progress'),
  step: stepSchema,
  steps: z.number().int(),
  /** Passes over the data so far, not rounded. */
  epoch: z.number(),
  imagesSeen: z.number().int(),
  imagesPerSecond: z.number(),
  /** Absent until the speed is known. */
  secondsLeft: z.number().optional(),
});
const samplesEvent = z.object({
  type: z.literal('samples'),
  step: stepSchema,
  /** The picture's path below the run folder. */
  file: z.string(),
  /** Left out of events.jsonl, since the file holds them. */
  images: imageBatchSchema.optional(),
});
const checkpointSavedEvent = z.object({
  type: z.literal('checkpoint-saved'),
  step: stepSchema,
  file: z.string(),
  /** Distance of samples to the data in random features: smaller is nearer. */
  distance: z.number().optional(),
  /** Spent training so far, pauses and interruptions left out. */
  trainedSeconds: z.number().optional(),
});
/** Metrics that the run has computed of its generator. */
const measuresEvent = z.object({
  type: z.literal('measures'),
  step: stepSchema,
  /** The step that a slow metric measured; the others are of `step`. */
  of: stepSchema.optional(),
  /** By the kind of metric. */
  values: z.record(z.string(), z.number()),
  /** Standard errors of the metrics that have one. */
  errors: z.record(z.string(), z.number()).optional(),
  signs: signsSchema.optional(),
});
/** The yardsticks of this run's metrics, reported once. */
const yardsticksEvent = z.object({
  type: z.literal('yardsticks'),
  step: stepSchema,
  scores: yardsticksSchema,
});
/** Another checkpoint is the best now. */
const bestEvent = z.object({ type: z.literal('best'), step: stepSchema, best: bestCheckpointSchema });
/** The findings on the run's health have changed. */
const healthEvent = z.object({
  type: z.literal('health'),
  step: stepSchema,
  findings: z.array(findingSchema),
});
/** The run goes on from this step; events logged beyond it no longer count. */
const resumedEvent = z.object({ type: z.literal('resumed'), step: stepSchema });
/** A step that was NaN or infinite changed nothing; the run went back and halved its learning rates. */
const stepRefusedEvent = z.object({
  type: z.literal('step-refused'),
  /** Where the run goes on: the last good state. */
  step: stepSchema,
  refusedStep: stepSchema,
  learningRateFactor: z.number(),
  failure: failureSchema,
});
/** Something could not be done; training goes on. */
const warningEvent = z.object({ type: z.literal('warning'), step: stepSchema, failure: failureSchema });
/** The trouble that the warning of this code reported is over. */
const troubleOverEvent = z.object({
  type: z.literal('trouble-over'),
  step: stepSchema,
  code: z.string(),
});
/** The precision from this step on, and the measured milliseconds per step that decided it. */
const precisionEvent = z.object({
  type: z.literal('precision'),
  step: stepSchema,
  precision: precisionSchema,
  /** Null for bfloat16 where the machine has none. */
  milliseconds: z.object({ float32: z.number(), bfloat16: z.number().nullable() }).optional(),
});
/** The run goes on with other pictures than before; `message` says how they differ. */
const dataChangedEvent = z.object({
  type: z.literal('data-changed'),
  step: stepSchema,
  message: z.string(),
});
const runStateEvent = z.object({
  type: z.literal('run-state'),
  status: runStatusSchema,
  step: stepSchema,
  /** Set when status is failed or unsaved. */
  failure: failureSchema.optional(),
  /** Spent training so far, pauses and interruptions left out. */
  trainedSeconds: z.number().optional(),
});

export const runEventSchema = z.discriminatedUnion('type', [
  lossesEvent,
  progressEvent,
  samplesEvent,
  checkpointSavedEvent,
  measuresEvent,
  yardsticksEvent,
  bestEvent,
  healthEvent,
  runStateEvent,
  resumedEvent,
  stepRefusedEvent,
  warningEvent,
  troubleOverEvent,
  dataChangedEvent,
  precisionEvent,
]);
/** What a run's training yields. */
export type RunEvent = z.infer<typeof runEventSchema>;
const RUN_EVENTS = new Set<string>(runEventSchema.options.map(({ shape }) => shape.type.value));

/** The event as it is logged or printed: without images, which have files of their own. */
export function withoutImages(event: RunEvent): RunEvent {
  return event.type === 'samples' ? { type: event.type, step: event.step, file: event.file } : event;
}

const datasetProgressEvent = z.object({
  type: z.literal('dataset-progress'),
  stage: z.enum(['scanning', 'decoding']),
  done: z.number().int(),
  /** Absent while scanning, when it is not yet known. */
  total: z.number().int().optional(),
});
/** How much of `run.measure` is done. */
const measuringEvent = z.object({
  type: z.literal('measuring'),
  done: z.number().int(),
  total: z.number().int(),
});
/** Progress of `export.generator`: what is being done for which format, and how many formats are done. */
const exportingEvent = z.object({
  type: z.literal('exporting'),
  format: exportFormatSchema,
  doing: z.enum(['writing', 'checking']),
  done: z.number().int(),
  total: z.number().int(),
});
/**
 * Folders, files and archives that the person dropped on the window; the preload script vouches for the
 * paths.
 */
const filesDroppedEvent = z.object({ type: z.literal('files-dropped'), paths: z.array(z.string()) });
/** Pictures that the person dropped on the window; the preload script vouches for their paths. */
const picturesDroppedEvent = z.object({ type: z.literal('pictures-dropped'), paths: z.array(z.string()) });
/** What the person dropped on the window cannot be opened; `failure` says why. */
const dropRefusedEvent = z.object({ type: z.literal('drop-refused'), failure: failureSchema });
/** A utility process has not answered for a long time; `failure` says what happens next. */
const hostSilentEvent = z.object({
  type: z.literal('host-silent'),
  host: z.enum(['trainer', 'library']),
  failure: failureSchema,
});
/** A utility process ended by itself; the app goes on and starts it again when it is next needed. */
const hostCrashedEvent = z.object({
  type: z.literal('host-crashed'),
  host: z.enum(['trainer', 'library']),
  failure: failureSchema,
});

/** The person chose this in the menu. */
const showEvent = z.object({
  type: z.literal('show'),
  what: z.enum(['preferences', 'first-steps', 'shortcuts', 'about']),
});
/** The person chose a recent data set in the menu. */
const datasetChosenEvent = z.object({ type: z.literal('dataset-chosen'), dataset: recentDatasetSchema });
/** The person chose a recent run in the menu. */
const runChosenEvent = z.object({ type: z.literal('run-chosen'), folder: z.string().min(1) });
/** The person cleared the list of recent data sets. */
const datasetsClearedEvent = z.object({ type: z.literal('datasets-cleared') });

export const studioEventSchema = z.discriminatedUnion('type', [
  ...runEventSchema.options,
  datasetProgressEvent,
  measuringEvent,
  exportingEvent,
  filesDroppedEvent,
  picturesDroppedEvent,
  dropRefusedEvent,
  hostSilentEvent,
  hostCrashedEvent,
  showEvent,
  datasetChosenEvent,
  runChosenEvent,
  datasetsClearedEvent,
]);
/** What reaches the renderer: a run's events, and the app's own. */
export type StudioEvent = z.infer<typeof studioEventSchema>;
/** What happened to the app, not to a run. */
export type AppEvent = Exclude<StudioEvent, RunEvent>;

export function isRunEvent(event: StudioEvent): event is RunEvent {
  return RUN_EVENTS.has(event.type);
}
