/** A picture on its way to the training size: how it is cropped, scaled and framed in a square. */
import type { DatasetOptions } from '../contract/index.ts';

/** Opaque pixels, [height, width, channels] bytes: grey, RGB, or RGB and a fourth byte that is ignored. */
export type Canvas = { width: number; height: number; channels: 1 | 3 | 4; pixels: Uint8Array };
export type Size = { width: number; height: number };
export type Colour = readonly [number, number, number];
export type Rectangle = Size & { x: number; y: number };

/** What a picture is to become; `DatasetOptions` fits this type. */
export type Target = Pick<DatasetOptions, 'framing' | 'background'> & {
  /** Length of the shorter side when cropping, of the longer one when fitting. */
  size: number;
  /** Whether a smaller picture keeps its size. */
  neverLarger?: boolean;
};

/** '#rrggbb' as three numbers from 0 to 255. */
export function parseColour(colour: string): Colour {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The upright size of a picture with this EXIF orientation; 5 to 8 lie on their side. */
export function upright({ width, height }: Size, orientation: number): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

export function centredSquare({ width, height }: Size): Rectangle {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
}

/** The size that a picture is scaled to: its shorter side is `size` to crop, its longer one to fit. */
export function scaledSize({ width, height }: Size, { size, framing, neverLarger }: Target): Size {
  const wanted = size / (framing === 'crop' ? Math.min(width, height) : Math.max(width, height));
  const factor = neverLarger ? Math.min(1, wanted) : wanted;
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** Crops the middle, or centres the whole picture on the background: [size, size, channels] bytes. */
export function frame(
  { pixels, width, height, channels: stride }: Canvas,
  { size, colour, background }: DatasetOptions,
): Uint8Array {
  const left = Math.floor((size - width) / 2);
  const top = Math.floor((size - height) / 2);
  const channels = colour === 'rgb' ? 3 : 1;
  const empty = parseColour(background);
  const result = new Uint8Array(size * size * channels);
  const [greenAt, blueAt] = stride === 1 ? [0, 0] : [1, 2];
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += channels) {
      const inside = x >= left && x < left + width && y >= top && y < top + height;
      const from = ((y - top) * width + x - left) * stride;
      const red = inside ? (pixels[from] ?? 0) : empty[0];
      const green = inside ? (pixels[from + greenAt] ?? 0) : empty[1];
      const blue = inside ? (pixels[from + blueAt] ?? 0) : empty[2];
      if (channels === 1) {
        result[to] = luma(red, green, blue);
        continue;
      }
      result[to] = red;
      result[to + 1] = green;
      result[to + 2] = blue;
    }
  }
  return result;
}

/** Luma by Rec. 601, from 0 to 255. */
function luma(red: number, green: number, blue: number): number {
  return Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

/** The smallest and the largest value of the canvas. */
export function rangeOf({ pixels, channels }: Canvas): [number, number] {
  let [least, most] = [255, 0];
  for (let at = 0; at < pixels.length; at++) {
    if (channels === 4 && at % 4 === 3) continue;
    const value = pixels[at] ?? 0;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
