/** Sample sheets: images in a grid, as a PNG. */
import { Transformer } from '@napi-rs/image';
import type { ImageBatch } from '../contract/index.ts';

const GAP = 2;

/** How many columns a sheet of `count` images has: as square as it gets, wider rather than taller. */
export function sheetColumns(count: number): number {
  return Math.ceil(Math.sqrt(count));
}

/** The images side by side on white with a gap between them, as PNG bytes. */
export function sheetPng({ count, size, channels, pixels }: ImageBatch): Buffer {
  const columns = sheetColumns(count);
  const rows = Math.ceil(count / columns);
  const [width, height] = [columns, rows].map((images) => images * (size + GAP) - GAP) as [number, number];
  const sheet = Buffer.alloc(width * height * 4, 255);
  for (let image = 0; image < count; image++) {
    const left = (image % columns) * (size + GAP);
    const top = Math.floor(image / columns) * (size + GAP);
    for (let pixel = 0; pixel < size * size; pixel++) {
      const to = ((top + Math.floor(pixel / size)) * width + left + (pixel % size)) * 4;
      const from = (image * size * size + pixel) * channels;
      for (let channel = 0; channel < 3; channel++) sheet[to + channel] = pixels[from + (channels === 1 ? 0 : channel)]!;
    }
  }
  return Transformer.fromRgbaPixels(sheet, width, height).pngSync();
}
