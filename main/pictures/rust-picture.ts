/**
 * Decodes PNG, WebP, AVIF and BMP with @napi-rs/image, in this thread, as the process has nothing else to do.
 */
import { FastResizeFilter, JsColorType, ResizeFit, Transformer } from '@napi-rs/image';
import { centredSquare, parseColour, scaledSize, upright, type Rectangle, type Size } from './canvas.ts';
import { toStandardColours } from './colours.ts';
import { flatten, hasOpacity, LAYOUTS } from './flatten.ts';
import type { Header } from './header.ts';
import type { HeaderFormat } from './read-header.ts';
import { checkSize, type Decoded, type PictureRequest } from './request.ts';
import { fromSamples, withVips } from './vips.ts';
import { checkZeros } from './zeros.ts';

/** Beyond this ratio of its sides, a picture is cropped before it is scaled, to save memory. */
const LONGEST_RATIO = 4;

type Source = Size & { transformer: Transformer; type: JsColorType };

/** Decodes to 8 bits. Throws Unusable, and what the decoder throws. */
export async function decodeByRust(
  format: HeaderFormat,
  { header, request }: { header: Header; request: PictureRequest },
): Promise<Decoded> {
  checkSize(header);
  checkZeros(header.zeros, request.onNote);
  await request.ask(header.width * header.height);
  if (header.animated)
    request.onNote({ kind: 'one-of-several', detail: 'An animation; its first picture is used.' });
  const source = await inStandardColours(
    openImage(format === 'AVIF' ? asStill(request.bytes) : request.bytes),
    { header, request },
  );
  const { bits } = LAYOUTS[source.type];
  return { canvas: scale(source, { header, request }), original: upright(header, header.orientation), bits };
}

/**
 * Writes the brand 'avif' first, the only one by which the library recognises AVIF. Animations and files of
 * older programs begin with another brand, although they hold a still picture.
 */
function asStill(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 8, 12) === 'avif') return bytes;
  const still = Buffer.from(bytes);
  still.write('avif', 8, 'latin1');
  return still;
}

function openImage(bytes: Buffer): Source {
  const transformer = new Transformer(bytes);
  // Reading the metadata also decodes the pixels, and keeps them.
  const { width, height, colorType } = transformer.metadataSync();
  return { transformer, type: colorType, width, height };
}

/** The picture in sRGB; the same picture if it is in sRGB already. */
async function inStandardColours(
  source: Source,
  { header, request }: { header: Header; request: PictureRequest },
): Promise<Source> {
  const { channels, bits } = LAYOUTS[source.type];
  if (header.space === undefined || bits === 32) return source;
  const raw = source.transformer.rawPixelsSync();
  return withVips((bench) => {
    const samples = bits === 8 ? raw : new Uint16Array(new Uint8Array(raw).buffer);
    const image = fromSamples(bench, { ...source, samples, channels });
    const converted = toStandardColours(bench, image, { space: header.space, onNote: request.onNote });
    return converted === image ? source : rebuilt(converted, source);
  });
}

/** Hands a picture back to the library, as RGBA; a picture without alpha becomes opaque. */
function rebuilt(
  image: { bands: number; format: string | number; writeToMemory(): ArrayLike<number> },
  { width, height }: Size,
): Source {
  const values = image.writeToMemory();
  const { bands } = image;
  const alpha = bands % 2 === 0;
  const scale = image.format === 'ushort' ? 1 / 257 : 1;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; to < pixels.length; from += bands, to += 4) {
    for (let channel = 0; channel < 3; channel++)
      pixels[to + channel] = (values[from + (bands < 3 ? 0 : channel)] ?? 0) * scale;
    if (alpha) pixels[to + 3] = (values[from + bands - 1] ?? 0) * scale;
  }
  return {
    transformer: Transformer.fromRgbaPixels(new Uint8Array(pixels.buffer), width, height),
    type: JsColorType.Rgba8,
    width,
    height,
  };
}

/** Turns upright, flattens and scales: the shorter side becomes `size` to crop, the longer one to fit. */
function scale(
  source: Source,
  { header, request: { options } }: { header: Header; request: PictureRequest },
): Decoded['canvas'] {
  const crops = options.framing === 'crop';
  const ratio = Math.max(source.width / source.height, source.height / source.width);
  let { transformer } = source;
  let rectangle: Rectangle = { x: 0, y: 0, width: source.width, height: source.height };
  if (hasOpacity(source.type) || (crops && ratio > LONGEST_RATIO)) {
    if (crops) rectangle = centredSquare(source);
    const pixels = transformer.rawPixelsSync();
    const opaque = flatten({ ...source, pixels, rectangle, background: parseColour(options.background) });
    transformer = Transformer.fromRgbaPixels(opaque, rectangle.width, rectangle.height);
  }
  const scaled = scaledSize(upright(rectangle, header.orientation), options);
  if (header.orientation > 1) transformer.rotate(header.orientation);
  transformer.fastResize({ ...scaled, filter: FastResizeFilter.Lanczos3, fit: ResizeFit.Fill });
  const pixels = transformer.rawPixelsSync();
  const channels = pixels.length / (scaled.width * scaled.height);
  if (channels !== 1 && channels !== 3 && channels !== 4) throw new Error(`${channels} channels`);
  return { ...scaled, channels, pixels };
}
