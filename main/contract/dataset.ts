/**
 * A data set as the renderer sees it: where it comes from, how its images are prepared, and what was found.
 */
import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { fileNoteSchema, leftOutSchema } from './file-notes.ts';
import { pointsSchema } from './points.ts';
import { setting } from './setting.ts';

/** Training sizes in pixels, width = height. */
export const TRAINING_SIZES = [28, 32, 64, 128] as const;
/** The sets that come with the app, by the name of their folder. */
export const BUILT_IN_DATASETS = ['digits', 'emoji'] as const;

/** The most paths that a data set may name; for more files, a person drops the folder that holds them. */
export const MOST_PATHS = 10_000;

export const datasetSourceSchema = z.discriminatedUnion('kind', [
  /** Exactly the folders, picture files and zip archives that were dropped or named. */
  z.object({ kind: z.literal('files'), paths: z.array(z.string().min(1)).min(1).max(MOST_PATHS) }),
  z.object({ kind: z.literal('built-in'), name: z.enum(BUILT_IN_DATASETS) }),
  /** No images: points of a plane, for study and tests. */
  z.object({ kind: z.literal('points'), points: pointsSchema }),
]);
export type DatasetSource = z.infer<typeof datasetSourceSchema>;

export const datasetOptionsSchema = z.object({
  size: setting(z.literal(TRAINING_SIZES), {
    title: 'Training size',
    unit: 'pixel',
    flag: { name: 'size', placeholder: 'pixels' },
  }),
  colour: setting(z.enum(['rgb', 'grey']), {
    title: 'Colours',
    flag: { name: 'colour', placeholder: 'kind' },
    choices: { rgb: { label: 'Colour' }, grey: { label: 'Grey' } },
  }),
  framing: setting(z.enum(['crop', 'fit']), {
    title: 'Framing',
    description: 'crop to the largest square in the middle, or fit the whole picture',
    flag: { name: 'framing', placeholder: 'way' },
    choices: {
      crop: { label: 'Crop', description: 'The largest square in the middle.' },
      fit: { label: 'Fit', description: 'The whole picture, on the background.' },
    },
  }),
  background: setting(z.string().regex(/^#[0-9a-f]{6}$/i), {
    title: 'Background',
    description: 'colour behind transparent and fitted pictures',
    example: '#ffffff',
    flag: { name: 'background', placeholder: 'colour' },
  }),
  mirror: setting(z.boolean(), {
    title: 'Mirror',
    description: 'show each picture mirrored half of the time',
    flag: { name: 'mirror' },
  }),
  classes: setting(z.enum(['found', 'ignored']), {
    title: 'Classes',
    description: 'take classes from folders or from a file of labels (found), or ignore them',
    flag: { name: 'classes', placeholder: 'way' },
    choices: {
      found: { label: 'As found', description: 'From folders, or from a file of labels.' },
      ignored: { label: 'Ignored', description: 'Every picture is used, whatever its folder or label.' },
    },
  }),
  evenClasses: setting(z.boolean(), {
    title: 'Even out classes',
    description: 'show every class equally often, however many pictures it has',
    flag: { name: 'even-classes' },
  }),
});
export type DatasetOptions = z.infer<typeof datasetOptionsSchema>;

export const DEFAULT_DATASET_OPTIONS: DatasetOptions = {
  size: 64,
  colour: 'rgb',
  framing: 'crop',
  background: '#ffffff',
  mirror: false,
  classes: 'found',
  evenClasses: false,
};

/** The options that determine the prepared pixels; the others take effect later, without preparing anew. */
export const PREPARING_OPTIONS = ['size', 'colour', 'framing', 'background'] as const;

/** A hash of bytes: the first 128 bits of their SHA-256, in hexadecimal digits. */
const hashSchema = z.string().regex(/^[0-9a-f]{32}$/);

/**
 * Which pictures a data set consists of, regardless of their names, order and location. A fingerprint is a
 * hash of the sorted hashes of all prepared pictures.
 */
export const contentSchema = z.object({
  /** Version of the preparation; two versions may give different pixels for the same picture. */
  preparation: z.number().int(),
  fingerprint: hashSchema,
  count: z.number().int().nonnegative(),
  /** In the order of their numbers; empty if there are none, or if they are ignored. */
  classes: z.array(z.object({ name: z.string(), count: z.number().int(), fingerprint: hashSchema })),
});
export type Content = z.infer<typeof contentSchema>;

/** The pictures of a run or of the next one: where they lie, how they are prepared, and what they are. */
export const datasetChoiceSchema = z.object({
  /** Where the pictures lie. Files define a run by their content, not by this. */
  source: datasetSourceSchema,
  options: datasetOptionsSchema,
  /** Hashes of the files that the person has left out. */
  leftOut: z.array(hashSchema),
  /**
   * Covers the pictures trained on and held out; absent for points, and in runs begun before it was recorded.
   */
  content: contentSchema.optional(),
  /**
   * The folder of pictures of a run begun before version 6; its checkpoints carry a hash that includes this
   * path.
   */
  hashedPath: z.string().optional(),
});
export type DatasetChoice = z.infer<typeof datasetChoiceSchema>;

/** What to do when the pictures are not those that were expected. */
export const changedDataSchema = z.enum(['refuse', 'go-on']);
export type ChangedData = z.infer<typeof changedDataSchema>;

export const datasetSummarySchema = z.object({
  /** Names these pictures prepared with these options, left out or not; equal input gives an equal id. */
  id: z.string(),
  ...datasetChoiceSchema.pick({ source: true, options: true, content: true }).shape,
  name: z.string(),
  /** One sentence on which of the dropped or named files were taken. */
  taken: z.string(),
  /** Images ready to train on. */
  count: z.number().int().nonnegative(),
  /** Images that can be used, including those that the person has left out. */
  usable: z.number().int().nonnegative(),
  /** Every file looked at, images or not. */
  filesSeen: z.number().int().nonnegative(),
  /** Hashes of the files that the person has left out and that are in the data set. */
  leftOutByHand: z.array(hashSchema),
  /** Files that cannot be used; those that the person has left out are not among them. */
  leftOut: z.array(leftOutSchema),
  /** Notes on pictures that are used. */
  notes: z.array(fileNoteSchema),
  /** Smallest, median and largest original image, in pixels; absent without images. */
  originalSizes: z
    .object({
      smallest: z.tuple([z.number(), z.number()]),
      median: z.tuple([z.number(), z.number()]),
      largest: z.tuple([z.number(), z.number()]),
    })
    .optional(),
  /** Files per format, such as { PNG: 40 }. */
  formats: z.record(z.string(), z.number()),
  /** In the order of their numbers; empty if it has none, or if they are ignored. */
  classes: z.array(z.object({ name: z.string(), count: z.number().int() })),
  /** Where the classes come from, such as 'folders' or 'dataset.json'; absent without classes. */
  classesFrom: z.string().optional(),
  /** Why it has no classes, and what to do about that; absent if it has some. */
  classless: z.object({ message: z.string(), remedy: z.string() }).optional(),
  /** How the pictures differ from those of the run that it was opened for. */
  changed: failureSchema.optional(),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

/** Images side by side: pixels are NHWC bytes, 0 to 255, of length count * size * size * channels. */
export const imageBatchSchema = z.object({
  count: z.number().int().nonnegative(),
  size: z.number().int().positive(),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** How many images stand in a row, if rows have a meaning, such as one row for each class. */
  columns: z.number().int().positive().optional(),
  /** Names of the rows. */
  rows: z.array(z.string()).optional(),
  pixels: z.instanceof(Uint8Array),
});
export type ImageBatch = z.infer<typeof imageBatchSchema>;

/** One of the pictures that can be used. */
export const pictureEntrySchema = z.object({
  /** Path below what was dropped or named. */
  name: z.string(),
  /** Hash of the file, by which it is left out. */
  file: hashSchema,
  class: z.string().optional(),
  isLeftOut: z.boolean(),
  /** Width and height in the file, upright. */
  original: z.tuple([z.number(), z.number()]),
});
export type PictureEntry = z.infer<typeof pictureEntrySchema>;

/** A picture in its own shape: [height, width, channels] bytes. */
export const plainImageSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  channels: z.union([z.literal(1), z.literal(3), z.literal(4)]),
  pixels: z.instanceof(Uint8Array),
});
export type PlainImage = z.infer<typeof plainImageSchema>;

/** A data set that was opened before. */
export const recentDatasetSchema = datasetChoiceSchema
  .pick({ source: true, options: true, leftOut: true })
  .extend({ name: z.string(), count: z.number().int() });
export type RecentDataset = z.infer<typeof recentDatasetSchema>;
