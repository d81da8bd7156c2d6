/**
 * A dataset as the renderer sees it: where it comes from, how its images are prepared, and what was found.
 */
import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { setting, settingOf } from './setting.ts';

/** Training sizes in pixels, width = height. */
export const TRAINING_SIZES = [28, 32, 64, 128] as const;
/** The sets that come with the app, by the name of their folder. */
export const BUILT_IN_DATASETS = ['digits', 'emoji'] as const;

/** A coordinate of a point's own measure. */
const place = z.number().min(-1e6).max(1e6);
/** How far points lie about their centre. */
const deviationSchema = setting(z.number().positive().max(10), { title: 'Deviation', step: 0.0001 });
/** Of points in one of the layouts that have a single deviation, but for one's own. */
export const deviationSetting = settingOf(deviationSchema, 'deviation');

/**
 * Where real points of the plane lie: normally distributed about centres, of which each is as likely as any
 * other; blobs each have a deviation and a weight of their own, and of a spiral every place of its arms is a
 * centre.
 */
export const pointsSchema = z.discriminatedUnion('layout', [
  z.object({
    layout: z.literal('ring'),
    modes: z.number().int().min(2).max(64),
    radius: z.number().positive().max(100),
    deviation: deviationSchema,
  }),
  z.object({
    layout: z.literal('grid'),
    side: z.number().int().min(2).max(10),
    spacing: z.number().positive().max(100),
    deviation: deviationSchema,
  }),
  z.object({
    layout: z.literal('blobs'),
    blobs: z
      .array(
        z.object({
          centre: z.tuple([place, place]),
          deviation: deviationSchema,
          weight: z.number().positive().max(1000),
        }),
      )
      .min(1)
      .max(64),
  }),
  z.object({
    layout: z.literal('spiral'),
    arms: z.number().int().min(1).max(8),
    turns: z.number().positive().max(5),
    radius: z.number().positive().max(100),
    deviation: deviationSchema,
  }),
  z.object({
    layout: z.literal('own'),
    centres: z
      .array(z.tuple([z.number(), z.number()]))
      .min(2)
      .max(10_000),
    deviation: setting(z.number().min(0).max(10), {
      title: 'Deviation',
      description: 'standard deviation of the real points around each centre',
    }),
  }),
]);
export type Points = z.infer<typeof pointsSchema>;

/** The sets that GANs are studied on. Ring and grid: Srivastava et al. 2017 (VEEGAN), section 4.1. */
export const STUDY_POINTS = {
  ring: { layout: 'ring', modes: 8, radius: 1, deviation: 0.01 },
  grid: { layout: 'grid', side: 5, spacing: 2, deviation: 0.05 },
  blobs: {
    layout: 'blobs',
    blobs: [
      { centre: [-0.7, 0.5], deviation: 0.25, weight: 5 },
      { centre: [0.8, 0.6], deviation: 0.08, weight: 2 },
      { centre: [0.2, -0.8], deviation: 0.14, weight: 3 },
    ],
  },
  spiral: { layout: 'spiral', arms: 2, turns: 1, radius: 1, deviation: 0.02 },
} satisfies Record<string, Points>;

/** Places that a data set may name; more are dropped as the folder that holds them. */
export const MOST_PATHS = 10_000;

export const datasetSourceSchema = z.discriminatedUnion('kind', [
  /** Folders, picture files and zip archives, as they were dropped or named: these, and nothing beside them. */
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

/** The options that decide the prepared pixels; the others are heeded when batches are drawn. */
export const PREPARING_OPTIONS = ['size', 'colour', 'framing', 'background'] as const;

/** A hash of bytes: the first 128 bits of their SHA-256, in hexadecimal digits. */
const hashSchema = z.string().regex(/^[0-9a-f]{32}$/);

/**
 * What pictures a data set consists of, whatever their names, order and place. A fingerprint is a hash of the
 * hashes of all prepared pictures, sorted.
 */
export const contentSchema = z.object({
  /** Version of the preparation; pixels of two versions may differ where the pictures do not. */
  preparation: z.number().int(),
  fingerprint: hashSchema,
  count: z.number().int().nonnegative(),
  /** In the order of the labels; empty where there are none, or they are ignored. */
  classes: z.array(z.object({ name: z.string(), count: z.number().int(), fingerprint: hashSchema })),
});
export type Content = z.infer<typeof contentSchema>;

/** The pictures of a run or of the next one: where they lie, how they are prepared, and what they are. */
export const datasetChoiceSchema = z.object({
  /** Where the pictures lie; of files it does not define the run, their content does. */
  source: datasetSourceSchema,
  options: datasetOptionsSchema,
  /** Hashes of the files that the person has left out. */
  leftOut: z.array(hashSchema),
  /** Of the pictures trained on and held out; absent for points, and in runs begun before it was recorded. */
  content: contentSchema.optional(),
  /** The folder of a run begun before version 6: checkpoints of then were hashed with its path. */
  hashedPath: z.string().optional(),
});
export type DatasetChoice = z.infer<typeof datasetChoiceSchema>;

/** What to do when the pictures are not those that were expected. */
export const changedDataSchema = z.enum(['refuse', 'go-on']);
export type ChangedData = z.infer<typeof changedDataSchema>;

export const leftOutReasonSchema = z.enum([
  'not-an-image',
  /** A picture of a kind that is not supported. */
  'unsupported',
  'damaged',
  'too-small',
  'too-large',
  /** The decoder took longer than any picture of that size does. */
  'too-slow',
  /** The decoder's process ended over it, twice. */
  'crashed',
  'unreadable',
  'link-loop',
  /** A link that leads out of the data set to more files than are taken that way. */
  'link-out',
  /** A run of GAN Studio, or what lies in one: its sheets are not data. */
  'run',
  /** An entry of an archive that goes over a limit, or an archive in a folder. */
  'archive',
  /** It has no class where the others have one. */
  'no-class',
]);
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>;

export const leftOutSchema = z.object({
  /** Path below the dataset folder, undecodable bytes replaced by U+FFFD. */
  file: z.string(),
  reason: leftOutReasonSchema,
  /** The facts: "30000 x 30000 pixels; the largest is 16384 x 16384". */
  detail: z.string(),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** What a person may want to know of a picture that is used. */
export const noteKindSchema = z.enum([
  /** Of an animation, a stack of pages or a pyramid: which picture was taken. */
  'one-of-several',
  /** A colour profile that cannot be used: the colours are taken as they are. */
  'profile',
  /** All its pixels lie close together, as in a picture that looks black. */
  'small-range',
  /** Its data ends in zeros, which may be black or missing. */
  'perhaps-cut',
  /** It is smaller than the training size, so it is blurred. */
  'small',
  /** Reached by a link that leads out of the data set. */
  'linked',
  /** A folder that holds no picture, and so is no class. */
  'empty-class',
  /** A label of a file that is not there. */
  'no-such-file',
]);
export type NoteKind = z.infer<typeof noteKindSchema>;

export const noteSchema = z.object({ kind: noteKindSchema, detail: z.string() });
export type Note = z.infer<typeof noteSchema>;

/** A note and the picture that it is about, by its path below the dataset folder. */
export const fileNoteSchema = noteSchema.extend({ file: z.string() });
export type FileNote = z.infer<typeof fileNoteSchema>;

export const datasetSummarySchema = z.object({
  /** Names these pictures prepared with these options, left out or not; equal input gives an equal id. */
  id: z.string(),
  ...datasetChoiceSchema.pick({ source: true, options: true, content: true }).shape,
  name: z.string(),
  /** One sentence on which of the dropped or named files were taken. */
  taken: z.string(),
  /** Images ready to train on. */
  count: z.number().int().nonnegative(),
  /** Images that can be used, those that the person has left out among them. */
  usable: z.number().int().nonnegative(),
  /** Every file looked at, images or not. */
  filesSeen: z.number().int().nonnegative(),
  /** Hashes of the files that the person has left out and that are in the data set. */
  leftOutByHand: z.array(hashSchema),
  /** What cannot be used; not what the person has left out. */
  leftOut: z.array(leftOutSchema),
  /** What is said of pictures that are used. */
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
  /** In the order of the labels; empty where it has none, or they are ignored. */
  classes: z.array(z.object({ name: z.string(), count: z.number().int() })),
  /** Where the classes come from, such as 'folders' or 'dataset.json'; absent without classes. */
  classesFrom: z.string().optional(),
  /** Why it has no classes, and what to do about that; absent where it has. */
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
  /** How many stand in a row, where that has a meaning: one row for each class. */
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
