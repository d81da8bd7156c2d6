/** The messages between a decoder process and the pool; both sides parse what they receive. */
import { z } from 'zod';
import { datasetOptionsSchema, leftOutReasonSchema, noteSchema } from '../contract/index.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** The most pixels of the longer side of a view. */
export const LARGEST_VIEW = 2048;

const count = z.number().int().nonnegative();
const filePartSchema = z.object({
  offset: count,
  stored: count,
  size: count,
  method: z.enum(['stored', 'deflated']),
  /** Checksum of the inflated bytes, as the archive declares it. */
  crc32: z.number().int().nonnegative(),
});
/**
 * An entry of a zip archive: the offset of its data in the file, its length there (`stored`) and inflated
 * (`size`).
 */
export type FilePart = z.infer<typeof filePartSchema>;

/** A file by its path, whose bytes need not be UTF-8; or a part of it. */
const file = { path: bytes, part: filePartSchema.optional() };

export const toDecoderSchema = z.discriminatedUnion('type', [
  /** Prepare the picture. */
  z.object({ type: z.literal('prepare'), ...file, options: datasetOptionsSchema }),
  /** Decode a PNG without any conversion. */
  z.object({ type: z.literal('pixels'), ...file }),
  /** Decode the picture in its own shape, its longer side at most `most` pixels. */
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
  /** The process has started; sent once, first. */
  z.object({ type: z.literal('ready') }),
  /**
   * The picture is large, so the process asks before decoding it; it sends nothing more until it receives
   * `go`.
   */
  z.object({ type: z.literal('large'), pixels: z.number().nonnegative() }),
  z.object({ type: z.literal('prepared'), picture: preparedPictureSchema, ...answer }),
  z.object({ type: z.literal('pixels'), picture: plainPictureSchema, ...answer }),
  z.object({ type: z.literal('view'), picture: viewedPictureSchema, ...answer }),
  z.object({ type: z.literal('left-out'), why: whyLeftOutSchema, ...answer }),
]);
export type FromDecoder = z.infer<typeof fromDecoderSchema>;
