/** Commands that write what a run has learned to files. */
import { z } from 'zod';
import { nothing } from './command-inputs.ts';
import { imageBatchSchema } from './dataset.ts';
import { exportedSchema, exportFormatSchema, exportLayoutSchema } from './export-formats.ts';
import { whichCheckpointSchema } from './quality.ts';
import { enlargementSchema, previewRequestSchema, sheetRequestSchema } from './sheet.ts';

/** The most bytes of a file that the page may have written. */
const LARGEST_FILE = 256 * 2 ** 20;

export const EXPORT_COMMANDS = {
  /** Asks for a folder in a dialog; null when the person cancels. */
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
   * Writes a new folder for each format below `folder`, and checks what it wrote if the app has a runtime for
   * it; reports progress as `exporting`. Code `cancelled` after `export.cancel`, which leaves no files
   * behind.
   */
  'export.generator': {
    host: 'trainer',
    input: z.object({
      formats: z.array(exportFormatSchema).min(1),
      layout: exportLayoutSchema.optional(),
      /** The checkpoint to take the model from; by default the model as it is now. */
      checkpoint: whichCheckpointSchema.optional(),
      folder: z.string(),
    }),
    output: z.array(exportedSchema),
  },
  /** Cancels the export under way, if there is one; answers when it has ended. */
  'export.cancel': { host: 'trainer', input: nothing, output: nothing },
  'export.sheet': {
    host: 'trainer',
    input: sheetRequestSchema.extend(enlargementSchema.shape).extend({ file: z.string() }),
    output: z.object({ file: z.string(), bytes: z.number() }),
  },
  /** Writes a new folder of PNGs below `folder`: one for each seed from `seed` on, named after it. */
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
} as const;
