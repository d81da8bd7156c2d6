/**
 * What a decoding process and the pool that uses it say to each other; both sides parse what they receive.
 */
import { z } from 'zod';
import { datasetOptionsSchema, leftOutReasonSchema, noteSchema } from '../contract/index.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const toDecoderSchema = z.discriminatedUnion('type', [
  /** Prepare the picture at this path, whose bytes need not be UTF-8. One comes after the other. */
  z.object({ type: z.literal('prepare'), path: bytes, options: datasetOptionsSchema }),
  /** Decode a PNG as it is. */
  z.object({ type: z.literal('pixels'), path: bytes }),
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
});
/** `pixels`: [size, size, channels] bytes; `original`: the upright size in the file. */
export type PreparedPicture = z.infer<typeof preparedPictureSchema>;

const plainPictureSchema = size.extend({ pixels: bytes });
/** Bytes as decoded, [height, width, channels]. */
export type PlainPicture = z.infer<typeof plainPictureSchema>;

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
  z.object({ type: z.literal('left-out'), why: whyLeftOutSchema, ...answer }),
]);
export type FromDecoder = z.infer<typeof fromDecoderSchema>;
