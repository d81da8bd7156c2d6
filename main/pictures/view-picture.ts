/** Turns one picture's file into a picture to look at: in its own shape, and no larger than asked for. */
import type { Canvas, Size } from './canvas.ts';
import { decode } from './decode.ts';
import type { Format } from './kinds.ts';
import { readPictureFile, type PictureFile } from './read-picture-file.ts';

/** `pixels`: [height, width, channels] bytes; `original`: the upright size in the file. */
export type ViewedPicture = Size & { channels: 3; pixels: Uint8Array; format: Format; original: Size };

/**
 * The picture upright, in sRGB, opaque on the background and scaled down, never up, so that its longer side
 * is at most `most` pixels. `ask` waits until a number of pixels may be decoded. Throws Unusable with the
 * decoder's message.
 */
export async function viewPicture({
  path,
  part,
  most,
  background,
  ask,
}: PictureFile & {
  most: number;
  background: string;
  ask: (pixels: number) => Promise<void>;
}): Promise<ViewedPicture> {
  const file = readPictureFile({ path, part });
  const options = { size: most, framing: 'fit', background, neverLarger: true } as const;
  const { canvas, original } = await decode({ ...file, options, ask });
  const { width, height } = canvas;
  return { width, height, channels: 3, pixels: asRgb(canvas), format: file.format, original };
}

function asRgb({ width, height, channels, pixels }: Canvas): Uint8Array {
  if (channels === 3) return pixels;
  const result = new Uint8Array(width * height * 3);
  for (let channel = 0; channel < 3; channel++) {
    let from = channels === 1 ? 0 : channel;
    for (let to = channel; to < result.length; to += 3, from += channels) result[to] = pixels[from] ?? 0;
  }
  return result;
}
