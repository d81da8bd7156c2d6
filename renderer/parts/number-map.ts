/**
 * Draws numbers as pictures: signed numbers as colours, feature maps in a grid, units as bars, an image as it
 * is.
 */
import { enlargedPng } from './enlarged-png.ts';

/**
 * Numbers of shape [units] or [height, width, channels]; `channels` also counts channels that were left out.
 */
export type Numbers = { shape: number[]; channels: number; values: Float32Array };

/** A colour as red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];
/** The colours of -1, 0 and 1. */
export type Scale = { negative: Colour; zero: Colour; positive: Colour };

/**
 * A grid of maps with gaps of one pixel between them; `width` and `height` are those of the grid, in pixels.
 */
export type MapGrid = { columns: number; rows: number; width: number; height: number };

/**
 * At each pixel: the sum over the channels, the number that is furthest from 0, or the number of one channel.
 */
export type Channel = 'sum' | 'furthest' | number;

const MOST_BARS = 1024;
const BARS_HEIGHT = 120;

/** The page's colours for signed numbers in its present theme. */
export function scaleOf(element: Element): Scale {
  const style = getComputedStyle(element);
  const token = (name: string): Colour => parseColour(style.getPropertyValue(name).trim());
  return { negative: token('--negative'), zero: token('--zero'), positive: token('--positive') };
}

/** "#1b7837" -> [27, 120, 55]; also takes "#fff", to which the build shortens "#ffffff". */
export function parseColour(token: string): Colour {
  const digits = token.replace('#', '');
  const number = Number.parseInt(digits.length === 3 ? digits.replace(/./g, '$&$&') : digits, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** A mixture of two colours: `one` at a share of 0, `other` at 1. */
export function blended(one: Colour, other: Colour, share: number): Colour {
  const blend = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [blend(one[0], other[0]), blend(one[1], other[1]), blend(one[2], other[2])];
}

/**
 * The colour of a number; beyond [-1, 1] that of the end. The square root of its size is the share of the
 * end's colour, so that small numbers can be seen.
 */
export function colourOf(value: number, { negative, zero, positive }: Scale): Colour {
  return blended(zero, value < 0 ? negative : positive, Math.sqrt(Math.min(1, Math.abs(value))));
}

/** Height, width and channels of numbers; [units] count as `units` rows of one number. */
export function sizesOf({ shape }: Pick<Numbers, 'shape'>): {
  height: number;
  width: number;
  channels: number;
} {
  const [height = 1, width = 1, channels = 1] = shape;
  return { height, width, channels };
}

/**
 * Whether the numbers make no picture: units, or the channels of a single pixel, such as a point of the
 * plane.
 */
export const isVector = ({ shape }: Numbers): boolean =>
  shape.length < 3 || (shape[0] === 1 && shape[1] === 1);

/** The largest absolute value; 1 if all are 0, so that it can be divided by. */
export function largest(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most || 1;
}

/** One number for each pixel: that of one channel, or one made of all channels; [height × width]. */
export function planeOf({ shape, values }: Numbers, channel: Channel): Float32Array {
  const { height, width, channels } = sizesOf({ shape });
  if (typeof channel === 'number') return values.filter((_, index) => index % channels === channel);
  return Float32Array.from({ length: height * width }, (_, pixel) =>
    (channel === 'sum' ? sumOf : furthestOf)(values.subarray(pixel * channels, (pixel + 1) * channels)),
  );
}

const sumOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);

const furthestOf = (values: Float32Array): number =>
  values.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);

/** The grid of the feature maps: about as many columns as rows, and never fewer. */
export function gridOf({ shape }: Numbers): MapGrid {
  const { height, width, channels } = sizesOf({ shape });
  const columns = Math.ceil(Math.sqrt(channels));
  const rows = Math.ceil(channels / columns);
  return { columns, rows, width: columns * (width + 1) - 1, height: rows * (height + 1) - 1 };
}

/** Feature maps in a grid; `by` is the end of the colour scale, and gaps are transparent. */
export function mapsPicture(numbers: Numbers, scale: Scale, by: number): ImageData {
  const { height, width, channels } = sizesOf(numbers);
  const grid = gridOf(numbers);
  const picture = new ImageData(grid.width, grid.height);
  numbers.values.forEach((value, index) => {
    const channel = index % channels;
    const pixel = Math.floor(index / channels);
    const left = (channel % grid.columns) * (width + 1) + (pixel % width);
    const top = Math.floor(channel / grid.columns) * (height + 1) + Math.floor(pixel / width);
    paint(picture, top * grid.width + left, colourOf(value / by, scale));
  });
  return picture;
}

/**
 * Numbers as bars up or down from a middle line; `by` is the number with the longest bar. If there are too
 * many numbers, each bar is the largest of some neighbours.
 */
export function barsPicture({ values }: Numbers, scale: Scale, by: number): ImageData {
  const width = Math.min(values.length, MOST_BARS);
  const wide = Math.max(1, Math.floor(MOST_BARS / 2 / width));
  const picture = new ImageData(width * wide, BARS_HEIGHT);
  const middle = BARS_HEIGHT / 2;
  for (let bar = 0; bar < width; bar++) {
    const value = furthestOf(
      values.subarray(
        Math.floor((bar * values.length) / width),
        Math.floor(((bar + 1) * values.length) / width),
      ),
    );
    const length = Math.round(Math.min(1, Math.abs(value) / by) * (middle - 1));
    const colour = value < 0 ? scale.negative : scale.positive;
    for (let row = 0; row < length; row++) {
      const line = value < 0 ? middle + row : middle - 1 - row;
      for (let column = 0; column < Math.max(1, wide - 1); column++)
        paint(picture, line * picture.width + bar * wide + column, colour);
    }
  }
  return picture;
}

/** One plane of signed numbers; `by` is the end of the colour scale. */
export function planePicture(
  plane: Float32Array,
  { width, scale, by }: { width: number; scale: Scale; by: number },
): ImageData {
  const picture = new ImageData(width, plane.length / width);
  plane.forEach((value, pixel) => paint(picture, pixel, colourOf(value / by, scale)));
  return picture;
}

/**
 * A plane of signed numbers over its image in shades of grey: the larger a number, the more of its colour is
 * seen.
 */
export function overPicture(
  plane: Float32Array,
  image: Numbers,
  { scale, by }: { scale: Scale; by: number },
): ImageData {
  const picture = imagePicture(image);
  plane.forEach((value, pixel) => {
    const at = pixel * 4;
    const grey = picture.data.subarray(at, at + 3).reduce((sum, part) => sum + part, 0) / 3;
    const share = 0.85 * Math.sqrt(Math.min(1, Math.abs(value) / by));
    paint(picture, pixel, blended([grey, grey, grey], value < 0 ? scale.negative : scale.positive, share));
  });
  return picture;
}

/** Numbers in [-1, 1] as a grey or coloured image. */
export function imagePicture({ shape, values }: Numbers): ImageData {
  const { height, width, channels } = sizesOf({ shape });
  const picture = new ImageData(width, height);
  picture.data.fill(255);
  values.forEach((value, index) => {
    const byte = Math.max(0, Math.min(255, Math.round((value + 1) * 127.5)));
    const [pixel, channel] = [4 * Math.floor(index / channels), index % channels];
    if (channels === 3) picture.data[pixel + channel] = byte;
    else if (channel === 0) picture.data.fill(byte, pixel, pixel + 3);
  });
  return picture;
}

function paint({ data }: ImageData, pixel: number, [red, green, blue]: Colour): void {
  data.set([red, green, blue, 255], pixel * 4);
}

/** Draws the picture on the canvas at its own size, which style sheets enlarge. */
export function show(canvas: HTMLCanvasElement, picture: ImageData): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
}

/** The picture as PNG, enlarged by a whole number to at most about `side` pixels a side. */
export function pngOf(picture: ImageData, side = 1024): Promise<Uint8Array<ArrayBuffer>> {
  const factor = Math.max(1, Math.floor(side / Math.max(picture.width, picture.height)));
  return enlargedPng(picture, factor);
}

/** A table in UTF-8 with one line for each number: its position, and the number. */
export function csvOf({ shape, values }: Numbers): Uint8Array<ArrayBuffer> {
  const { width, channels } = sizesOf({ shape });
  const isPicture = shape.length === 3;
  const lines = Array.from(values, (value, index) =>
    isPicture
      ? `${Math.floor(index / (width * channels))},${Math.floor(index / channels) % width},${index % channels},${value}`
      : `${index},${value}`,
  );
  return new TextEncoder().encode(
    [isPicture ? 'row,column,channel,value' : 'unit,value', ...lines, ''].join('\n'),
  );
}
