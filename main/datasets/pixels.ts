/** The prepared images of a data set: in memory if they are few, in the cache's file if they are many. */
import { StudioError } from '../contract/index.ts';

/** Up to 512 MiB are held in memory. */
export const MOST_BYTES_IN_MEMORY = 512 * 1024 * 1024;

/** Images in memory, which must not be written to. */
export type Images = {
  /** Image after image; starts at a multiple of 4 bytes, and may be longer than the images. */
  bytes: Uint8Array;
  /** The image at the requested `indices[p]` is image number `slots[p]` in `bytes`. */
  slots: Uint32Array;
  /** Gives the bytes back for reuse; call it once, and do not read them afterwards. */
  release(): void;
};

export type Pixels = {
  /** The images at `indices`, on this thread. Throws StudioError: dataset-not-open, pixels-unreadable. */
  read(indices: Uint32Array): Images;
  /** The same in other threads: all reads have begun when it returns, and have ended when it settles. */
  readAhead(indices: Uint32Array): Promise<Images>;
  /** Nothing may be read afterwards; reads under way still end. May be called again. */
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

/** The error for a data set that is closed, or is not the open one. */
export function datasetNotOpen(): StudioError {
  return new StudioError({
    code: 'dataset-not-open',
    message: 'These pictures are no longer open.',
    remedy: 'Open the folder again.',
  });
}
