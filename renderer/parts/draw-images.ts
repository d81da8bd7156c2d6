/**
 * Draws a batch of images as a grid on a canvas, with pixels enlarged by whole numbers where there is room.
 */
import { rgbaOf } from './pixels.ts';

/** A batch of images: [count, size, size, channels] bytes, 0 to 255. */
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
  /** Where each image is, in the order of the batch. */
  spots: readonly Spot[];
};

/**
 * An unevenly enlarged image with more pixels a side than this is smoothed, since nobody looks at pixels so
 * small.
 */
const LARGEST_PIXELATED = 128;
/** The largest share of the room that may stay empty; rather than that, pixels are enlarged unevenly. */
const MOST_EMPTY = 0.15;
/**
 * If more of the room than this share stays empty, pixels enlarged at least twice may be enlarged by half
 * more.
 */
const WORTH_HALVES = 0.09;
/**
 * Enlarged unevenly by less than this factor, an image is smoothed: some pixels would be twice as wide as
 * others.
 */
const LEAST_UNEVEN = 2;

/**
 * The length of an image's edge in `room`, both in device pixels: the largest multiple of `size`, whole or
 * with a half, or all of `room` if a multiple would leave much of it empty; at least 1.
 */
export function snapped(room: number, size: number): number {
  const whole = Math.floor(room / size) * size;
  const half = whole + size / 2;
  const takesHalf = whole < room * (1 - WORTH_HALVES) && half <= room && whole >= LEAST_UNEVEN * size;
  if (takesHalf && Number.isInteger(half)) return half;
  return Math.max(1, whole >= room * (1 - MOST_EMPTY) ? whole : Math.floor(room));
}

/** The layout of `count` images in rows, from left to right, without labels. */
export function laidOut({
  count,
  columns,
  gap,
  cell,
}: Pick<Layout, 'columns' | 'gap' | 'cell'> & { count: number }): Layout {
  const rows = Math.max(1, Math.ceil(count / columns));
  const step = cell + gap;
  const spots = Array.from({ length: count }, (_, index) => ({
    x: (index % columns) * step,
    y: Math.floor(index / columns) * step,
  }));
  return { columns, rows, gap, cell, width: columns * step - gap, height: rows * step - gap, spots };
}

/** Draws every image where the layout says, and sets the size of the canvas to that of the layout. */
export function drawImages(canvas: HTMLCanvasElement, images: Images, layout: Layout): void {
  const { cell, width, height, spots } = layout;
  const context = canvas.getContext('2d');
  if (!context) return;
  // Setting the size of a canvas allocates it anew, even if the size stays the same.
  if (canvas.width === width && canvas.height === height) context.clearRect(0, 0, width, height);
  else [canvas.width, canvas.height] = [width, height];
  const { size, count } = images;
  const column = stacked(images);
  context.imageSmoothingEnabled = smooths(cell, size);
  context.imageSmoothingQuality = 'high';
  spots.slice(0, count).forEach(({ x, y }, index) => {
    context.drawImage(column, 0, index * size, size, size, x, y, cell, cell);
  });
}

/** Whether an image of `size` pixels a side is smoothed when it is drawn `cell` device pixels large. */
export function smooths(cell: number, size: number): boolean {
  if (cell < size) return true;
  return cell % size !== 0 && (size > LARGEST_PIXELATED || cell < LEAST_UNEVEN * size);
}

/** The images one below the other at their own size, which is already the order of their bytes. */
function stacked({ count, size, channels, pixels }: Images): OffscreenCanvas {
  const height = Math.max(1, count * size);
  const column = new OffscreenCanvas(size, height);
  const context = column.getContext('2d');
  if (!context || count === 0) return column;
  const rgba = rgbaOf({ width: size, height, channels, pixels });
  context.putImageData(new ImageData(rgba, size, height), 0, 0);
  return column;
}
