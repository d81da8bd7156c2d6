/** Notes on single files of a data set: why one is left out, or what is notable about one that is used. */
import { z } from 'zod';

export const leftOutReasonSchema = z.enum([
  'not-an-image',
  /** A picture of a kind that is not supported. */
  'unsupported',
  'damaged',
  'too-small',
  'too-large',
  /** The decoder took longer than any picture of that size does. */
  'too-slow',
  /** The decoder's process crashed on it twice. */
  'crashed',
  'unreadable',
  'link-loop',
  /** A link that leads out of the data set to more files than a link may. */
  'link-out',
  /** A run of GAN Studio, or what lies in one: its sheets are not data. */
  'run',
  /** An entry of an archive that goes over a limit, or an archive in a folder. */
  'archive',
  /** It has no class although others have one. */
  'no-class',
]);
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>;

export const leftOutSchema = z.object({
  /** Path below the folder of the data set; bytes that are not UTF-8 are replaced by U+FFFD. */
  file: z.string(),
  reason: leftOutReasonSchema,
  /** The facts: "30000 x 30000 pixels; the largest is 16384 x 16384". */
  detail: z.string(),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** What a person may want to know about a picture that is used. */
export const noteKindSchema = z.enum([
  /** The file is an animation, a stack of pages or a pyramid; the detail says which picture was taken. */
  'one-of-several',
  /** Its colour profile cannot be used, so its colours are taken as they are. */
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
  /** A file of labels names it, but it is not there. */
  'no-such-file',
]);
export type NoteKind = z.infer<typeof noteKindSchema>;

export const noteSchema = z.object({ kind: noteKindSchema, detail: z.string() });
export type Note = z.infer<typeof noteSchema>;

/** A note and the picture that it is about, by its path below the folder of the data set. */
export const fileNoteSchema = noteSchema.extend({ file: z.string() });
export type FileNote = z.infer<typeof fileNoteSchema>;
