/** Commands about data sets. */
import { z } from 'zod';
import { nothing } from './command-inputs.ts';
import {
  datasetChoiceSchema,
  datasetSourceSchema,
  datasetSummarySchema,
  imageBatchSchema,
  pictureEntrySchema,
  plainImageSchema,
  recentDatasetSchema,
} from './dataset.ts';

/** `host` names the process that answers: `studio` the main process, `library` its utility process. */
export const DATASET_COMMANDS = {
  /** Asks for a folder, or for picture files and archives, in a dialog; null when the person cancels. */
  'dataset.choose': {
    host: 'studio',
    input: z.object({ what: z.enum(['folder', 'files']) }),
    output: z.object({ paths: z.array(z.string()).nullable() }),
  },
  /** Data sets that were opened before, newest first. */
  'dataset.recent': { host: 'studio', input: nothing, output: z.array(recentDatasetSchema) },
  /** Puts a data set first among the recent ones. */
  'dataset.remember': { host: 'studio', input: recentDatasetSchema, output: nothing },
  /** Removes a data set from the recent ones. */
  'dataset.forget': { host: 'studio', input: z.object({ source: datasetSourceSchema }), output: nothing },
  /**
   * Scans and prepares; a newer call cancels the one before it (code `cancelled`). With `run`, the folder of
   * a run, the summary says how the pictures differ from the run's.
   */
  'dataset.open': {
    host: 'library',
    input: datasetChoiceSchema
      .pick({ source: true, options: true, leftOut: true })
      .extend({ run: z.string().min(1).optional() }),
    output: datasetSummarySchema,
  },
  'dataset.cancel': { host: 'library', input: nothing, output: nothing },
  /** Sets which pictures the person has left out; `leftOut` lists the hashes of all their files. */
  'dataset.leaveOut': {
    host: 'library',
    input: z.object({ id: z.string(), leftOut: datasetChoiceSchema.shape.leftOut }),
    output: datasetSummarySchema,
  },
  /**
   * Images as the network will see them, left out by the person or not: one of each class, then the next of
   * each.
   */
  'dataset.thumbnails': {
    host: 'library',
    input: z.object({
      id: z.string(),
      from: z.number().int().min(0),
      count: z.number().int().min(1).max(256),
    }),
    /** `pictures` says what each image is; it is empty for points. */
    output: z.object({ images: imageBatchSchema, pictures: z.array(pictureEntrySchema) }),
  },
  /** One picture, by the hash of its file: as it is, and as the network will see it. */
  'dataset.picture': {
    host: 'library',
    input: z.object({ id: z.string(), file: pictureEntrySchema.shape.file }),
    output: z.object({ before: plainImageSchema, after: imageBatchSchema }),
  },
} as const;
