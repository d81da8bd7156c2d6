/**
 * Draws a batch of images on a canvas as a grid; pixels are enlarged by whole numbers where there is room.
 */
import { rgbaOf } from './pixels.ts';

/** NHWC bytes, 0 to 255. */
export type Images = { count: number; size: number; channels: 1 | 3; pixels: Uint8Array };

/** The upper left corner of an image, in device pixels. */
export type Spot = { x: number; y: number };

export type Layout = {
  columns: number;
  rows: number;
  /** Device pixels along an image's edge, and between two images. */
  cell: number;
  gap: number;
  width: number;
  height: number;
  /** Where each image lies. */
  spots: readonly Spot[];
};

/**
 * Beyond this many pixels a side, an image enlarged unevenly is smoothed: its pixels are too small to be
 * looked at.
 */
const LARGEST_PIXELATED = 128;
/** Of the room for an image; beyond it, pixels are enlarged unevenly rather than by a whole number. */
const MOST_EMPTY = 0.15;
/** Beyond it, the pixels of an image that is enlarged more than twice are enlarged by a whole number and a half. */
const WORTH_HALVES = 0.09;
/** Enlarged unevenly by less than this, some pixels are drawn twice as wide as others: such an image is smoothed. */
const LEAST_UNEVEN = 2;

/** The largest multiple of `size` in `room`, whole or by a half more, unless that leaves much of it unused. */
export function snapped(room: number, size: number): number {
  const whole = Math.floor(room / size) * size;
  const half = whole + size / 2;
  const takesHalf = whole < room * (1 - WORTH_HALVES) && half <= room && whole >= LEAST_UNEVEN * size;
  if (takesHalf && Number.isInteger(half)) return half;
  return Math.max(1, whole >= room * (1 - MOST_EMPTY) ? whole : Math.floor(room));
}

/** Rows from the left to the right, without labels. */
export function laidOut({
  count,
  columns,
  gap,
  cell,
}: Pick<Layout, 'columns' | 'gap' | 'cell'> & { count: number }): Layout {
  const rows = Math.max(1, Math.ceil(count / columns));
  const step = cell + gap;
  const spots = Array.from({ length: count }, (_, place) => ({
    x: (place % columns) * step,
    y: Math.floor(place / columns) * step,
  }));
  return { columns, rows, gap, cell, width: columns * step - gap, height: rows * step - gap, spots };
}

/** Draws every image where the layout says; the canvas takes the layout's size. */
export function drawImages(canvas: HTMLCanvasElement, images: Images, layout: Layout): void {
  const { cell, width, height, spots } = layout;
  const context = canvas.getContext('2d');
  if (!context) return;
  // A canvas that is given a size is made anew, even if it is the size that it has.
  if (canvas.width === width && canvas.height === height) context.clearRect(0, 0, width, height);
  else [canvas.width, canvas.height] = [width, height];
  const { size, count } = images;
  const column = stacked(images);
  context.imageSmoothingEnabled = smooths(cell, size);
  context.imageSmoothingQuality = 'high';
  spots.slice(0, count).forEach(({ x, y }, place) => {
    context.drawImage(column, 0, place * size, size, size, x, y, cell, cell);
  });
}

/** Whether an image of this size is smoothed when it is drawn this large. */
export function smooths(cell: number, size: number): boolean {
  if (cell < size) return true;
  return cell % size !== 0 && (size > LARGEST_PIXELATED || cell < LEAST_UNEVEN * size);
}

/** The images one below the other at their own size: NHWC bytes are rows already. */
function stacked({ count, size, channels, pixels }: Images): OffscreenCanvas {
  const height = Math.max(1, count * size);
  const column = new OffscreenCanvas(size, height);
  const context = column.getContext('2d');
  if (!context || count === 0) return column;
  const rgba = rgbaOf({ width: size, height, channels, pixels });
  context.putImageData(new ImageData(rgba, size, height), 0, 0);
  return column;
}
