/** Enlarges images: sharply, each pixel becoming a square, or smoothly, with a Lanczos filter. */
import { ResizeFilterType, Transformer } from '@napi-rs/image';
import {
  MOST_SHEET_PIXELS,
  sheetPixels,
  StudioError,
  type Enlargement,
  type ImageBatch,
} from '../contract/index.ts';

/**
 * The same images, `scale` times as wide and high. Throws StudioError `invalid-input` if they would have more
 * pixels in all than are allowed.
 */
export function enlarged(
  images: ImageBatch,
  { scale = 1, resampling = 'nearest' }: Enlargement = {},
): ImageBatch {
  if (scale === 1) return images;
  requireRoom(images, scale);
  const pixels = resampling === 'lanczos' ? smooth(images, scale) : sharp(images, scale);
  return { ...images, size: images.size * scale, pixels };
}

/**
 * Throws StudioError `invalid-input` if the enlarged pictures would have more pixels in all than are allowed.
 */
export function requireRoom({ count, size }: Pick<ImageBatch, 'count' | 'size'>, scale: number): void {
  if (scale === 1 || sheetPixels({ count, size, scale }) <= MOST_SHEET_PIXELS) return;
  throw new StudioError({
    code: 'invalid-input',
    message: `${count} pictures of ${size * scale} × ${size * scale} pixels are too many at once.`,
    remedy: 'Choose fewer pictures, or enlarge them less.',
  });
}

/** Each pixel becomes `scale` x `scale` pixels of its colour. */
function sharp({ count, size, channels, pixels }: ImageBatch, scale: number): Uint8Array<ArrayBuffer> {
  const [from, to] = [size * channels, size * scale * channels];
  const large = new Uint8Array(count * size * scale * to);
  for (let row = 0; row < count * size; row++) {
    const first = row * scale * to;
    for (let at = 0; at < to; at++) {
      const column = Math.floor(at / channels / scale);
      large[first + at] = pixels[row * from + column * channels + (at % channels)] ?? 0;
    }
    for (let copy = 1; copy < scale; copy++) large.copyWithin(first + copy * to, first, first + to);
  }
  return large;
}

/**
 * Lanczos with three lobes: each pixel is the weighted sum of those around it, with weight sinc(x) sinc(x /
 * 3) at distance x along each axis; at the edges, of those that exist. Each image is enlarged separately.
 * Duchon 1979, Lanczos Filtering in One and Two Dimensions.
 */
function smooth({ count, size, channels, pixels }: ImageBatch, scale: number): Uint8Array<ArrayBuffer> {
  const side = size * scale;
  const large = new Uint8Array(count * side * side * channels);
  const [little, much] = [size * size, side * side];
  const rgba = new Uint8Array(little * 4).fill(255);
  for (let image = 0; image < count; image++) {
    for (let pixel = 0; pixel < little; pixel++)
      for (let channel = 0; channel < channels; channel++)
        rgba[pixel * 4 + channel] = pixels[(image * little + pixel) * channels + channel] ?? 0;
    const made = Transformer.fromRgbaPixels(rgba, size, size)
      .resize(side, side, ResizeFilterType.Lanczos3)
      .rawPixelsSync();
    for (let pixel = 0; pixel < much; pixel++)
      for (let channel = 0; channel < channels; channel++)
        large[(image * much + pixel) * channels + channel] = made[pixel * 4 + channel] ?? 0;
  }
  return large;
}
