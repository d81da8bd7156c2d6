/** Turns one image file into the square of bytes that a network trains on. Decoding and scaling run on the thread pool. */
import { FastResizeFilter, JsColorType, ResizeFit, Transformer } from '@napi-rs/image';
import type { DatasetOptions } from '../contract/index.ts';
import { flatten, hasOpacity, parseColour, type Rectangle } from './flatten.ts';
import { decodeGif } from './gif.ts';
import type { Header } from './header.ts';
import { Unusable } from './unusable.ts';

/** Shorter sides say too little to learn from. */
export const SMALLEST_SIDE = 8;
/** 100 megapixels: more would take some gigabytes to decode. */
export const MOST_PIXELS = 100_000_000;
/** Beyond this ratio a picture is cropped before it is scaled, so that what is cropped away takes no memory. */
const LONGEST_RATIO = 4;

/** Throws Unusable when the header promises more or fewer pixels than the app takes. */
export function checkSize({ width, height }: Header): void {
  const size = `${width} x ${height} pixels`;
  if (width * height > MOST_PIXELS) {
    throw new Unusable('too-large', `${size}; at most ${MOST_PIXELS / 1e6} megapixels, such as 10000 x 10000`);
  }
  if (Math.min(width, height) < SMALLEST_SIDE) {
    throw new Unusable('too-small', `${size}; at least ${SMALLEST_SIDE} on each side`);
  }
}

/**
 * Decodes, turns upright (EXIF), lays on the background, frames and scales (Lanczos): [size, size, channels] bytes.
 * Ink (CMYK, YCCK) becomes light without colour profiles, as in browsers; 16 bits become 8; grey is Rec. 601 luma.
 * Throws Unusable (damaged, too-large) with the decoder's word.
 */
export async function decodeImage({ bytes, header, options }: {
  bytes: Buffer;
  header: Header;
  options: DatasetOptions;
}): Promise<Uint8Array> {
  try {
    const canvas = await scale(await openImage(bytes, header), { header, options });
    return frame(canvas, options);
  } catch (error) {
    throw explain(error, header);
  }
}

/** RGBA bytes, [height, width, 4]. */
type Canvas = { width: number; height: number; pixels: Uint8Array };
type Source = { transformer: Transformer; type: JsColorType; width: number; height: number };

async function openImage(bytes: Buffer, header: Header): Promise<Source> {
  if (header.format === 'GIF') {
    const { width, height, pixels } = decodeGif(bytes);
    return { transformer: Transformer.fromRgbaPixels(pixels, width, height), type: JsColorType.Rgba8, width, height };
  }
  const transformer = new Transformer(bytes);
  // Asking for the metadata decodes the pixels too, and keeps them.
  const { width, height, colorType } = await transformer.metadata();
  return { transformer, type: colorType, width, height };
}

/** Upright and opaque; its shorter side is `size` to crop, its longer one to fit. */
async function scale(source: Source, { header, options }: { header: Header; options: DatasetOptions }): Promise<Canvas> {
  const crops = options.framing === 'crop';
  const ratio = Math.max(source.width / source.height, source.height / source.width);
  let { transformer } = source;
  let rectangle: Rectangle = { x: 0, y: 0, width: source.width, height: source.height };
  if (hasOpacity(source.type) || (crops && ratio > LONGEST_RATIO)) {
    if (crops) rectangle = centredSquare(source);
    const pixels = await transformer.rawPixels();
    const opaque = await flatten({ ...source, pixels, rectangle, background: parseColour(options.background) });
    transformer = Transformer.fromRgbaPixels(opaque, rectangle.width, rectangle.height);
  }
  const { width, height } = upright(rectangle, header.orientation);
  const factor = options.size / (crops ? Math.min(width, height) : Math.max(width, height));
  const scaled = { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
  if (header.orientation > 1) transformer.rotate(header.orientation);
  transformer.fastResize({ ...scaled, filter: FastResizeFilter.Lanczos3, fit: ResizeFit.Fill });
  return { ...scaled, pixels: await transformer.rawPixels() };
}

/** Orientations 5 to 8 lie on their side. */
export function upright({ width, height }: { width: number; height: number }, orientation: number): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

function centredSquare({ width, height }: { width: number; height: number }): Rectangle {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
}

/** Cuts the middle out, or puts the whole in the middle of the background: [size, size, channels]. */
function frame(canvas: Canvas, { size, colour, background }: DatasetOptions): Uint8Array {
  const left = Math.floor((size - canvas.width) / 2);
  const top = Math.floor((size - canvas.height) / 2);
  const channels = colour === 'rgb' ? 3 : 1;
  const empty = parseColour(background);
  const result = new Uint8Array(size * size * channels);
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += channels) {
      const inside = x >= left && x < left + canvas.width && y >= top && y < top + canvas.height;
      const from = ((y - top) * canvas.width + x - left) * 4;
      const red = inside ? canvas.pixels[from]! : empty[0];
      const green = inside ? canvas.pixels[from + 1]! : empty[1];
      const blue = inside ? canvas.pixels[from + 2]! : empty[2];
      if (channels === 1) result[to] = luma(red, green, blue);
      else result.set([red, green, blue], to);
    }
  }
  return result;
}

function luma(red: number, green: number, blue: number): number {
  return Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

function explain(error: unknown, { format, width, height }: Header): Unusable {
  if (error instanceof Unusable) return error;
  const word = (error instanceof Error ? error.message : String(error))
    .replace(/^Decode (avif )?image failed/i, '').replace(/Format error decoding \w+:/i, '').trim();
  if (/memory|limit/i.test(word)) {
    return new Unusable('too-large', `${width} x ${height} pixels take more memory than the ${format} decoder allows`);
  }
  const cut = /end of file|not enough bytes|fill whole buffer|corrupt bitstream/i.test(word);
  const fact = cut ? 'The file is cut short or damaged' : `The ${format} data is damaged`;
  return new Unusable('damaged', word === '' ? `${fact}.` : `${fact} (the decoder says: ${word.replace(/\.$/, '')}).`);
}
