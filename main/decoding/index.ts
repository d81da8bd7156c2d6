/**
 * Decoding: a pool of processes that turn files into pixels. It imports only the contract; the work is done
 * by main/pictures, only in those processes.
 */
export { createDecoders, type Decoders } from './decoders.ts';
export type { DecoderLimits } from './pool.ts';
export {
  decoderChildren,
  endOf,
  KILLED,
  mayLackMemory,
  SILENT_CHILD,
  type DecoderListener,
  type DecoderProcess,
  type StartDecoder,
} from './decoder-process.ts';
export {
  fromDecoderSchema,
  LARGEST_VIEW,
  toDecoderSchema,
  type FilePart,
  type FromDecoder,
  type PlainPicture,
  type PreparedPicture,
  type ToDecoder,
  type ViewedPicture,
  type WhyLeftOut,
} from './messages.ts';
