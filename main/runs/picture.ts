/** Sample sheets: images in a grid, as a PNG. */
import { Transformer } from '@napi-rs/image';
import { StudioError, type ImageBatch } from '../contract/index.ts';

const GAP = 2;

/** How many columns a sheet has: its own number, or as square as it gets, wider rather than taller. */
function sheetColumns({ count, columns = Math.ceil(Math.sqrt(count)) }: Layout): number {
  return columns;
}

type Layout = Omit<ImageBatch, 'pixels'>;

/** The images side by side on white with a gap between them, as PNG bytes. */
export function sheetPng({ pixels, ...layout }: ImageBatch): Buffer {
  const { width, height } = sheetSize(layout);
  const sheet = Buffer.alloc(width * height * 4, 255);
  eachPixel(layout, ({ place, onSheet }) => {
    for (let channel = 0; channel < 3; channel++) {
      sheet[onSheet * 4 + channel] = pixels[place * layout.channels + (layout.channels === 1 ? 0 : channel)]!;
    }
  });
  return Transformer.fromRgbaPixels(sheet, width, height).pngSync();
}

/** The images of a sheet that `sheetPng` made; throws StudioError `sheet-damaged` for another picture. */
export function imagesOfSheet(png: Buffer, layout: Layout): ImageBatch {
  const { width, height } = sheetSize(layout);
  const shown = rawPixels(png, width * height);
  const perPixel = shown.length / (width * height);
  const pixels = new Uint8Array(layout.count * layout.size * layout.size * layout.channels);
  eachPixel(layout, ({ place, onSheet }) => {
    for (let channel = 0; channel < layout.channels; channel++) {
      pixels[place * layout.channels + channel] = shown[onSheet * perPixel + channel]!;
    }
  });
  return { ...layout, pixels };
}

function rawPixels(png: Buffer, count: number): Buffer {
  try {
    const shown = new Transformer(png).rawPixelsSync();
    if (shown.length % count === 0 && shown.length / count >= 3) return shown;
  } catch {
    // Told below, with what can be done.
  }
  throw new StudioError({ code: 'sheet-damaged', message: 'This sample sheet cannot be read.', remedy: 'Look at another one; the run itself is not harmed.' });
}

function sheetSize(layout: Layout): { width: number; height: number } {
  const { count, size } = layout;
  const columns = sheetColumns(layout);
  const length = (images: number) => images * (size + GAP) - GAP;
  return { width: length(columns), height: length(Math.ceil(count / columns)) };
}

/** Calls with every pixel's place among the images and on the sheet. */
function eachPixel(layout: Layout, visit: (pixel: { place: number; onSheet: number }) => void): void {
  const { count, size } = layout;
  const columns = sheetColumns(layout);
  const { width } = sheetSize(layout);
  for (let place = 0; place < count * size * size; place++) {
    const image = Math.floor(place / (size * size));
    const [row, column] = [Math.floor((place % (size * size)) / size), place % size];
    const [top, left] = [Math.floor(image / columns) * (size + GAP), (image % columns) * (size + GAP)];
    visit({ place, onSheet: (top + row) * width + left + column });
  }
}
