/**
 * The one door to libheif (as WebAssembly), which is loaded for the first HEIC picture. What it allocates
 * lies outside JavaScript's memory, so all of it is made within `withHeif`, which frees it.
 */
import { createRequire } from 'node:module';
import type { default as Start, MainModule } from 'libheif-js/libheif-wasm/libheif.js';

/** The functions of libheif's C interface; the numbers that they take and return are addresses. */
export type Library = Omit<MainModule, 'HEAPU8' | 'HEAPU32'> & { HEAPU8: Uint8Array; HEAPU32: Uint32Array };

/** The library, an open file, and functions that manage its memory. */
export type HeifFile = {
  heif: Library;
  /** Address of libheif's context of the file. */
  context: number;
  /** Allocates `size` zeroed bytes until the end of `withHeif`; returns their address. */
  take: (size: number) => number;
  /** Calls `letGo` at the end of `withHeif`. */
  defer: (letGo: () => void) => void;
  /** Calls a function that writes an error to an address; throws that error if there is one. */
  check: (call: (error: number) => void) => void;
  /** The 32-bit number at an address. */
  word: (at: number) => number;
};

/**
 * `require` where the bundle has one, since not every Electron's dynamic import can read the app's archive.
 */
const load = typeof require === 'function' ? require : createRequire(import.meta.url);

let loaded: Library | undefined;

/** Loads the library; what it prints is discarded, as it means nothing to people. */
function library(): Library {
  const start = load('libheif-js/libheif-wasm/libheif.js') as typeof Start;
  return start({ print: () => undefined, printErr: () => undefined }) as Library;
}

/** Opens a file in memory, calls `work`, and then frees everything that was allocated. */
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
    const start = take(bytes.length);
    heif.HEAPU8.set(bytes, start);
    const context = heif._heif_context_alloc();
    defer(() => heif._heif_context_free(context));
    heif._heif_context_set_maximum_image_size_limit(context, LONGEST_SIDE);
    check((at) => heif._heif_context_read_from_memory_without_copy(at, context, start, bytes.length, 0));
    return await work({ heif, context, take, defer, check, word });
  } finally {
    for (const end of ends.reverse()) end();
  }
}

/** The side of the largest square picture; libheif takes its limit as such. */
const LONGEST_SIDE = 10_000;
/** An error of libheif: its code, a subcode, and the address of its message, 4 bytes each. */
const ERROR_SIZE = 12;
const MESSAGE = 8;

/** The text at an address, up to a zero byte. */
function textAt(heif: Library, at: number): string {
  const end = heif.HEAPU8.indexOf(0, at);
  return Buffer.from(heif.HEAPU8.subarray(at, end)).toString('utf8');
}
