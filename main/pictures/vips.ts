/**
 * The one door to libvips (as WebAssembly): loaded when the first picture needs it, as that takes a tenth of
 * a second or more. What it makes lives outside of JavaScript's memory, so all of it is made within
 * `withVips`, which lets go of it.
 */
import Vips from 'wasm-vips';

export type VipsImage = Vips.Image;
export type Library = typeof Vips;

/** The library, and `keep`, which takes each image that is made and lets go of it at the end. */
export type Workbench = { vips: Library; keep: (image: VipsImage) => VipsImage };

let loading: Promise<Library> | undefined;

/**
 * One thread for pixels, as several processes decode beside each other; nothing cached, as each picture is
 * read once.
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

/** Calls `work`, then lets go of every image that it kept. */
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
 * Forgets what libvips has said of earlier pictures, which would stand in its next error: it lets go of that
 * with an error, so one is made.
 */
export function forgetWarnings(vips: Library): void {
  try {
    vips.Image.newFromBuffer(new Uint8Array(1)).delete();
  } catch {
    // That was the error.
  }
}

/** The words of libvips within an error of its own, or the message of another error. */
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

/** Metadata that may be missing. */
export function numberIn(image: VipsImage, name: string): number | undefined {
  return image.getTypeof(name) === 0 ? undefined : image.getInt(name);
}
