/**
 * The one door to libheif (as WebAssembly): loaded when the first HEIC picture needs it. What it makes lives
 * outside of JavaScript's memory, so all of it is made within `withHeif`, which lets go of it.
 */
import { createRequire } from 'node:module';
import type { default as Start, MainModule } from 'libheif-js/libheif-wasm/libheif.js';

/** The functions of libheif's interface for C; the numbers that they take and answer are addresses. */
export type Library = Omit<MainModule, 'HEAPU8' | 'HEAPU32'> & { HEAPU8: Uint8Array; HEAPU32: Uint32Array };

/** The library, an open file, and what keeps order in the memory of both. */
export type HeifFile = {
  heif: Library;
  /** libheif's own idea of the file. */
  context: number;
  /** So many zeroed bytes, until the file is let go of. */
  take: (size: number) => number;
  /** Calls `letGo` at the end. */
  defer: (letGo: () => void) => void;
  /** Calls a function that answers an error in the place that it is given; throws what stands there. */
  check: (call: (error: number) => void) => void;
  /** What stands at an address. */
  word: (at: number) => number;
};

/** The bundle has a `require`; a dynamic import does not reach into the app's archive in every Electron. */
const load = typeof require === 'function' ? require : createRequire(import.meta.url);

let loaded: Library | undefined;

/** What it prints is for its makers. */
function library(): Library {
  const start = load('libheif-js/libheif-wasm/libheif.js') as typeof Start;
  return start({ print: () => undefined, printErr: () => undefined }) as Library;
}

/** Opens a file that lies in memory, calls `work`, and lets go of all that was made. */
export async function withHeif<Result>(
  bytes: Buffer,
  work: (file: HeifFile) => Result | Promise<Result>,
): Promise<Result> {
  const heif = (loaded ??= library());
  const ends: (() => void)[] = [];
  const defer = (letGo: () => void) => ends.push(letGo);
  const take = (size: number): number => {
    const at = heif._malloc(size);
    if (at === 0) throw new Error('not enough memory');
    defer(() => heif._free(at));
    heif.HEAPU8.fill(0, at, at + size);
    return at;
  };
  const word = (at: number): number => heif.HEAPU32[at / 4] ?? 0;
  try {
    const error = take(ERROR_SIZE);
    const check = (call: (at: number) => void): void => {
      call(error);
      if (word(error) !== 0) throw new Error(textAt(heif, word(error + MESSAGE)));
    };
    const place = take(bytes.length);
    heif.HEAPU8.set(bytes, place);
    const context = heif._heif_context_alloc();
    defer(() => heif._heif_context_free(context));
    heif._heif_context_set_maximum_image_size_limit(context, LONGEST_SIDE);
    check((at) => heif._heif_context_read_from_memory_without_copy(at, context, place, bytes.length, 0));
    return await work({ heif, context, take, defer, check, word });
  } finally {
    for (const end of ends.reverse()) end();
  }
}

/** Of the square that is as large as a picture may be. */
const LONGEST_SIDE = 10_000;
/** The number of its kind, one that says more, and the address of a text. */
const ERROR_SIZE = 12;
const MESSAGE = 8;

/** Up to a zero. */
function textAt(heif: Library, at: number): string {
  const end = heif.HEAPU8.indexOf(0, at);
  return Buffer.from(heif.HEAPU8.subarray(at, end)).toString('utf8');
}
