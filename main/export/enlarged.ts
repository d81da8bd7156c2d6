/** Images with every pixel enlarged. */
import { MOST_SHEET_PIXELS, sheetPixels, StudioError, type ImageBatch } from '../contract/index.ts';

/**
 * The same images, each pixel `scale` x `scale` pixels of the same colour. Throws StudioError `invalid-input` where
 * they would take more memory than there may be.
 */
export function enlarged(images: ImageBatch, scale: number): ImageBatch {
  if (scale === 1) return images;
  const { count, size, channels, pixels } = images;
  if (sheetPixels({ count, size, scale }) > MOST_SHEET_PIXELS) throw tooLarge(images, scale);
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
  return { ...images, size: size * scale, pixels: large };
}

function tooLarge({ count, size }: ImageBatch, scale: number): StudioError {
  return new StudioError({
    code: 'invalid-input',
    message: `${count} pictures of ${size * scale} × ${size * scale} pixels are too many for one sheet.`,
    remedy: 'Choose fewer pictures, or enlarge them less.',
  });
}
