/**
 * What a decoding process and the pool that uses it say to each other; both sides parse what they receive.
 */
import { z } from 'zod';
import { datasetOptionsSchema, leftOutReasonSchema, noteSchema } from '../contract/index.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Longer sides are not shown. */
export const LARGEST_VIEW = 2048;

const count = z.number().int().nonnegative();
const filePartSchema = z.object({
  offset: count,
  stored: count,
  size: count,
  method: z.enum(['stored', 'deflated']),
  /** Of what is inflated, as the archive says. */
  crc32: z.number().int().nonnegative(),
});
/**
 * An entry of a zip archive: where its data begin in the file, their length there, and what they are long
 * when inflated.
 */
export type FilePart = z.infer<typeof filePartSchema>;

/** A file by its path, whose bytes need not be UTF-8; or a part of it. */
const file = { path: bytes, part: filePartSchema.optional() };

export const toDecoderSchema = z.discriminatedUnion('type', [
  /** Prepare the picture. One comes after the other. */
  z.object({ type: z.literal('prepare'), ...file, options: datasetOptionsSchema }),
  /** Decode a PNG as it is. */
  z.object({ type: z.literal('pixels'), ...file }),
  /** Decode the picture in its own shape, its longer side of at most so many pixels. */
  z.object({
    type: z.literal('view'),
    ...file,
    most: z.number().int().min(1).max(LARGEST_VIEW),
    background: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  /** The answer to `large`: go on. */
  z.object({ type: z.literal('go') }),
]);
export type ToDecoder = z.infer<typeof toDecoderSchema>;

const size = z.object({ width: z.number().int().positive(), height: z.number().int().positive() });

const preparedPictureSchema = z.object({
  pixels: bytes,
  format: z.string(),
  original: size,
  notes: z.array(noteSchema),
  sha256: z.string(),
});
/**
 * `pixels`: [size, size, channels] bytes; `original`: the upright size in the file; `sha256` of the picture's
 * file, in hexadecimal.
 */
export type PreparedPicture = z.infer<typeof preparedPictureSchema>;

const plainPictureSchema = size.extend({ pixels: bytes });
/** Bytes as decoded, [height, width, channels]. */
export type PlainPicture = z.infer<typeof plainPictureSchema>;

const viewedPictureSchema = size.extend({
  channels: z.literal(3),
  pixels: bytes,
  format: z.string(),
  original: size,
});
/** Upright, in sRGB and opaque, [height, width, channels] bytes; `original`: the upright size in the file. */
export type ViewedPicture = z.infer<typeof viewedPictureSchema>;

const whyLeftOutSchema = z.object({ reason: leftOutReasonSchema, detail: z.string() });
export type WhyLeftOut = z.infer<typeof whyLeftOutSchema>;

/** `memory`: the most bytes that the process has held so far. */
const answer = { memory: z.number().nonnegative() };

export const fromDecoderSchema = z.discriminatedUnion('type', [
  /** Comes first, once. */
  z.object({ type: z.literal('ready') }),
  /** The picture has so many pixels that it asks first; every other message of the job comes after `go`. */
  z.object({ type: z.literal('large'), pixels: z.number().nonnegative() }),
  z.object({ type: z.literal('prepared'), picture: preparedPictureSchema, ...answer }),
  z.object({ type: z.literal('pixels'), picture: plainPictureSchema, ...answer }),
  z.object({ type: z.literal('view'), picture: viewedPictureSchema, ...answer }),
  z.object({ type: z.literal('left-out'), why: whyLeftOutSchema, ...answer }),
]);
export type FromDecoder = z.infer<typeof fromDecoderSchema>;
