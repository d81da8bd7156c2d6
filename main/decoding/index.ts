/**
 * Decoding: a pool of processes that turn files into pixels; the work itself is done in main/pictures, in
 * those processes only.
 */
export { createDecoders, type DecoderLimits, type Decoders } from './decoders.ts';
export {
  decoderChildren,
  type DecoderListener,
  type DecoderProcess,
  type StartDecoder,
} from './decoder-process.ts';
export {
  fromDecoderSchema,
  toDecoderSchema,
  type FromDecoder,
  type PlainPicture,
  type PreparedPicture,
  type ToDecoder,
  type WhyLeftOut,
} from './messages.ts';
