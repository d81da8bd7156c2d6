/**
 * Where the prepared images of a dataset lie: in memory while they are few, in the cache's file when they are
 * many.
 */
import { StudioError } from '../contract/index.ts';

/** Up to 512 MiB are held in memory. */
export const MOST_BYTES_IN_MEMORY = 512 * 1024 * 1024;

/** Images at hand, to be read and never written to. */
export type Images = {
  /** Image after image, from a byte on that is a multiple of 4; it may be longer than they are. */
  bytes: Uint8Array;
  /** Place p of those asked for is the image number `slots[p]` in `bytes`. */
  slots: Uint32Array;
  /** Gives the bytes back, once: they are others' from then on. */
  release(): void;
};

export type Pixels = {
  /** The images at `indices`, on this thread. Throws StudioError: dataset-not-open, pixels-unreadable. */
  read(indices: Uint32Array): Images;
  /**
   * The same beside this thread: all reads are on their way when it returns. It settles when the last one has
   * landed.
   */
  readAhead(indices: Uint32Array): Promise<Images>;
  /** Nothing may be read from then on; reads on their way land first. May be called again. */
  close(): void;
};

/** Images of `imageBytes` bytes each, one after the other in `bytes`. */
export function pixelsInMemory(bytes: Uint8Array, imageBytes: number): Pixels {
  let held: Uint8Array | undefined = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const read = (indices: Uint32Array): Images => {
    if (held === undefined) throw datasetNotOpen();
    const last = indices.reduce((largest, index) => Math.max(largest, index), 0);
    if ((last + 1) * imageBytes > held.length)
      throw new RangeError(`No picture ${last} in ${held.length / imageBytes}`);
    return { bytes: held, slots: indices, release: () => undefined };
  };
  return {
    read,
    readAhead: async (indices) => read(indices),
    close: () => {
      held = undefined;
    },
  };
}

/** Said of a dataset that was closed. */
export function datasetNotOpen(): StudioError {
  return new StudioError({
    code: 'dataset-not-open',
    message: 'These pictures are no longer open.',
    remedy: 'Open the folder again.',
  });
}
