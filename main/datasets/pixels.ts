/** The prepared images of a dataset: held in memory while they are few, read from the file as needed when they are many. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Up to 512 MiB are held in memory. */
export const MOST_BYTES_IN_MEMORY = 512 * 1024 * 1024;

export type Pixels = {
  /** Copies image `index` into `target` from byte `at` on. */
  read(request: { index: number; target: Uint8Array; at: number }): void;
  close(): void;
};

/** Images of `imageBytes` bytes each, one after the other in `bytes`. */
export function pixelsInMemory(bytes: Uint8Array, imageBytes: number): Pixels {
  let held = bytes;
  return {
    read: ({ index, target, at }) => target.set(held.subarray(index * imageBytes, (index + 1) * imageBytes), at),
    close: () => { held = new Uint8Array(0); },
  };
}

/** The same out of an open file, which `close` closes. Throws the file system's errors, and RangeError when the file is cut. */
export function pixelsInFile(file: string, imageBytes: number): Pixels {
  const descriptor = openSync(file, 'r');
  let isOpen = true;
  return {
    read({ index, target, at }) {
      for (let done = 0; done < imageBytes; ) {
        const read = readSync(descriptor, target, at + done, imageBytes - done, index * imageBytes + done);
        if (read === 0) throw new RangeError(`${file} ends before image ${index}`);
        done += read;
      }
    },
    close() {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}
