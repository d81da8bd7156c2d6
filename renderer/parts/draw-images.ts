/**
 * Draws a batch of images on a canvas as a grid; pixels are enlarged by whole numbers where there is room.
 */

/** NHWC bytes, 0 to 255. */
export type Images = { count: number; size: number; channels: 1 | 3; pixels: Uint8Array };

export type Layout = {
  columns: number;
  rows: number;
  /** Device pixels along an image's edge, and between two images. */
  cell: number;
  gap: number;
  width: number;
  height: number;
};

/**
 * Beyond this many pixels a side, an image enlarged unevenly is smoothed: its pixels are too small to be
 * looked at.
 */
const LARGEST_PIXELATED = 128;

type Room = { count: number; size: number; width: number; height?: number | undefined; density: number };

/** As large as `width` (and `height`) CSS pixels allow, in a fixed number of columns. */
export function layoutColumns({
  count,
  size,
  width,
  height,
  density,
  columns,
}: Room & { columns: number }): Layout {
  const gap = Math.max(1, Math.round(2 * density));
  const rows = Math.max(1, Math.ceil(count / columns));
  const wide = (width * density - gap * (columns - 1)) / columns;
  const high = height === undefined ? Infinity : (height * density - gap * (rows - 1)) / rows;
  return laidOut({ columns, rows, gap, cell: snapped(Math.min(wide, high), size) });
}

/** In as many columns as fit, each image near `target` CSS pixels. */
export function layoutFlow({ count, size, width, density, target }: Room & { target: number }): Layout {
  const gap = Math.max(1, Math.round(6 * density));
  const wanted = target * density;
  const cell = wanted >= size ? Math.max(1, Math.round(wanted / size)) * size : Math.round(wanted);
  const fit = Math.max(1, Math.floor((width * density + gap) / (cell + gap)));
  const columns = Math.min(count, fit);
  return laidOut({ columns, rows: Math.max(1, Math.ceil(count / Math.max(1, columns))), gap, cell });
}

/** The largest whole multiple of `size` in `room`, unless that leaves much of it empty. */
function snapped(room: number, size: number): number {
  const whole = Math.floor(room / size) * size;
  return Math.max(1, whole >= room * 0.75 ? whole : Math.floor(room));
}

function laidOut({ columns, rows, gap, cell }: Pick<Layout, 'columns' | 'rows' | 'gap' | 'cell'>): Layout {
  return { columns, rows, gap, cell, width: columns * (cell + gap) - gap, height: rows * (cell + gap) - gap };
}

/** Resizes the canvas to the layout and draws every image. */
export function drawImages(canvas: HTMLCanvasElement, images: Images, layout: Layout): void {
  canvas.width = layout.width;
  canvas.height = layout.height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const { size } = images;
  const column = stacked(images);
  context.imageSmoothingEnabled =
    layout.cell < size || (size > LARGEST_PIXELATED && layout.cell % size !== 0);
  context.imageSmoothingQuality = 'high';
  for (let i = 0; i < images.count; i++) {
    const x = (i % layout.columns) * (layout.cell + layout.gap);
    const y = Math.floor(i / layout.columns) * (layout.cell + layout.gap);
    context.drawImage(column, 0, i * size, size, size, x, y, layout.cell, layout.cell);
  }
}

/** The images one below the other at their own size: NHWC bytes are rows already. */
function stacked({ count, size, channels, pixels }: Images): OffscreenCanvas {
  const column = new OffscreenCanvas(size, Math.max(1, count * size));
  const context = column.getContext('2d');
  if (!context) return column;
  const data = new Uint8ClampedArray(count * size * size * 4);
  data.fill(255);
  pixels.forEach((value, place) => {
    const pixel = 4 * Math.floor(place / channels);
    if (channels === 3) data[pixel + (place % 3)] = value;
    else data.fill(value, pixel, pixel + 3);
  });
  if (count > 0) context.putImageData(new ImageData(data, size, count * size), 0, 0);
  return column;
}
