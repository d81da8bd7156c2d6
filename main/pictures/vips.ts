/**
 * The one door to libvips (as WebAssembly), which is loaded for the first picture that needs it, since that
 * takes a tenth of a second or more. Its images lie outside JavaScript's memory, so all are made within
 * `withVips`, which frees them.
 */
import Vips from 'wasm-vips';

export type VipsImage = Vips.Image;
export type Library = typeof Vips;

/** The library, and `keep`, which registers an image to be freed at the end of `withVips`, and returns it. */
export type Workbench = { vips: Library; keep: (image: VipsImage) => VipsImage };

let loading: Promise<Library> | undefined;

/**
 * Loads libvips with one thread, as several processes decode at once, and no cache, as each picture is read
 * once.
 */
async function load(): Promise<Library> {
  const vips = await Vips({
    dynamicLibraries: [],
    preRun: (module: { ENV: Record<string, string> }) => {
      module.ENV['VIPS_WARNING'] = '0';
    },
  });
  vips.concurrency(1);
  vips.Cache.max(0);
  vips.blockUntrusted(true);
  return vips;
}

/** Calls `work`, then frees every image that it kept. */
export async function withVips<Result>(
  work: (bench: Workbench) => Result | Promise<Result>,
): Promise<Result> {
  const vips = await (loading ??= load());
  const kept: VipsImage[] = [];
  const keep = (image: VipsImage) => {
    kept.push(image);
    return image;
  };
  try {
    return await work({ vips, keep });
  } finally {
    for (const image of kept.reverse()) image.delete();
  }
}

/** Interleaved samples as a picture of grey or sRGB, with or without alpha. */
export function fromSamples(
  { vips, keep }: Workbench,
  {
    samples,
    width,
    height,
    channels,
  }: { samples: Uint8Array | Uint16Array; width: number; height: number; channels: 1 | 2 | 3 | 4 },
): VipsImage {
  const isDeep = samples instanceof Uint16Array;
  const made = keep(
    vips.Image.newFromMemory(
      samples,
      width,
      height,
      channels,
      isDeep ? vips.BandFormat.ushort : vips.BandFormat.uchar,
    ),
  );
  const interpretation = channels < 3 ? (isDeep ? 'grey16' : 'b-w') : isDeep ? 'rgb16' : 'srgb';
  return keep(made.copy({ interpretation }));
}

/**
 * Clears libvips's messages about earlier pictures, which its next error would repeat. An error clears them,
 * so one is provoked.
 */
export function forgetWarnings(vips: Library): void {
  try {
    vips.Image.newFromBuffer(new Uint8Array(1)).delete();
  } catch {
    // The provoked error.
  }
}

/** The message of an error, without what wasm-vips adds to it. */
export function wordOf(error: unknown): string {
  const message: unknown =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const words: unknown = Array.isArray(message) ? message[message.length - 1] : message;
  return String(words)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('unable to '))
    .join('\n');
}

/** Whether the library itself broke down, so that this process can decode nothing more. */
export function isBroken(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError;
}

/** A number in the picture's metadata; undefined if it is missing. */
export function numberIn(image: VipsImage, name: string): number | undefined {
  return image.getTypeof(name) === 0 ? undefined : image.getInt(name);
}
