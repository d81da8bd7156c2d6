/** Draws numbers as pictures: signed ones by colour, feature maps side by side, an image as it is. */
import { enlargedPng } from './enlarged-png.ts';

/** [units], or [height, width, channels]; `channels` counts those that were left out too. */
export type Numbers = { shape: number[]; channels: number; values: Float32Array };

/** A colour as red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];
export type Scale = { negative: Colour; zero: Colour; positive: Colour };

/**
 * How a grid of maps is laid out: in columns, each map `size` numbers wide, with a gap of one between them.
 */
export type MapGrid = { columns: number; rows: number; width: number; height: number };

/** Sum over the channels, at each pixel the number that is furthest from 0, or one channel. */
export type Channel = 'sum' | 'furthest' | number;

const MOST_BARS = 1024;
const BARS_HEIGHT = 120;

/** The page's own colours for signed numbers; they change with its theme. */
export function scaleOf(element: Element): Scale {
  const style = getComputedStyle(element);
  const token = (name: string): Colour => parseColour(style.getPropertyValue(name).trim());
  return { negative: token('--negative'), zero: token('--zero'), positive: token('--positive') };
}

/** "#1b7837" -> [27, 120, 55]; "#fff", which the build makes of "#ffffff", too. */
export function parseColour(token: string): Colour {
  const digits = token.replace('#', '');
  const number = Number.parseInt(digits.length === 3 ? digits.replace(/./g, '$&$&') : digits, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** A colour between two: the one at a share of 0, the other at 1. */
export function blended(one: Colour, other: Colour, share: number): Colour {
  const blend = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [blend(one[0], other[0]), blend(one[1], other[1]), blend(one[2], other[2])];
}

/**
 * The colour of a number from -1 to 1; beyond, that of the end. Numbers near 0 are set off from it: the way
 * there is a square root.
 */
export function colourOf(value: number, { negative, zero, positive }: Scale): Colour {
  return blended(zero, value < 0 ? negative : positive, Math.sqrt(Math.min(1, Math.abs(value))));
}

/** Of a row of units, each is a place of one channel. */
export function sizesOf({ shape }: Pick<Numbers, 'shape'>): {
  height: number;
  width: number;
  channels: number;
} {
  const [height = 1, width = 1, channels = 1] = shape;
  return { height, width, channels };
}

/**
 * Whether the numbers have no places in a picture: a row of units, or one pixel's channels, such as a point
 * of the plane.
 */
export const isVector = ({ shape }: Numbers): boolean =>
  shape.length < 3 || (shape[0] === 1 && shape[1] === 1);

/** The largest size of the numbers; 1 where all are 0, so that it can be divided by. */
export function largest(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most || 1;
}

/** One number for each pixel: of one channel, or made of all. */
export function planeOf({ shape, values }: Numbers, channel: Channel): Float32Array {
  const { height, width, channels } = sizesOf({ shape });
  if (typeof channel === 'number') return values.filter((_, place) => place % channels === channel);
  return Float32Array.from({ length: height * width }, (_, place) =>
    (channel === 'sum' ? sumOf : furthestOf)(values.subarray(place * channels, (place + 1) * channels)),
  );
}

const sumOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);

const furthestOf = (values: Float32Array): number =>
  values.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);

/** Near a square, wider rather than taller. */
export function gridOf({ shape }: Numbers): MapGrid {
  const { height, width, channels } = sizesOf({ shape });
  const columns = Math.ceil(Math.sqrt(channels));
  const rows = Math.ceil(channels / columns);
  return { columns, rows, width: columns * (width + 1) - 1, height: rows * (height + 1) - 1 };
}

/** Feature maps in a grid, `by` as the end of the scale; gaps are see-through. */
export function mapsPicture(numbers: Numbers, scale: Scale, by: number): ImageData {
  const { height, width, channels } = sizesOf(numbers);
  const grid = gridOf(numbers);
  const picture = new ImageData(grid.width, grid.height);
  numbers.values.forEach((value, index) => {
    const channel = index % channels;
    const place = Math.floor(index / channels);
    const left = (channel % grid.columns) * (width + 1) + (place % width);
    const top = Math.floor(channel / grid.columns) * (height + 1) + Math.floor(place / width);
    paint(picture, top * grid.width + left, colourOf(value / by, scale));
  });
  return picture;
}

/**
 * Bars from a middle line, a few to each number, or of the largest of neighbours where there are more than
 * fit.
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

/** One plane of signed numbers. */
export function planePicture(
  plane: Float32Array,
  { width, scale, by }: { width: number; scale: Scale; by: number },
): ImageData {
  const picture = new ImageData(width, plane.length / width);
  plane.forEach((value, place) => paint(picture, place, colourOf(value / by, scale)));
  return picture;
}

/** The plane over an image in shades of grey: the more of the colour, the larger the number. */
export function overPicture(
  plane: Float32Array,
  image: Numbers,
  { scale, by }: { scale: Scale; by: number },
): ImageData {
  const picture = imagePicture(image);
  plane.forEach((value, place) => {
    const at = place * 4;
    const grey = picture.data.subarray(at, at + 3).reduce((sum, part) => sum + part, 0) / 3;
    const share = 0.85 * Math.sqrt(Math.min(1, Math.abs(value) / by));
    paint(picture, place, blended([grey, grey, grey], value < 0 ? scale.negative : scale.positive, share));
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

function paint({ data }: ImageData, place: number, [red, green, blue]: Colour): void {
  data.set([red, green, blue, 255], place * 4);
}

/** Draws the picture on the canvas at its own size; style sheets enlarge it. */
export function show(canvas: HTMLCanvasElement, picture: ImageData): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
}

/** The picture enlarged by whole numbers to about `side` pixels, as PNG. */
export function pngOf(picture: ImageData, side = 1024): Promise<Uint8Array<ArrayBuffer>> {
  const factor = Math.max(1, Math.floor(side / Math.max(picture.width, picture.height)));
  return enlargedPng(picture, factor);
}

/** One line for each number: where it stands, and what it is. */
export function csvOf({ shape, values }: Numbers): Uint8Array<ArrayBuffer> {
  const { width, channels } = sizesOf({ shape });
  const isPicture = shape.length === 3;
  const lines = Array.from(values, (value, place) =>
    isPicture
      ? `${Math.floor(place / (width * channels))},${Math.floor(place / channels) % width},${place % channels},${value}`
      : `${place},${value}`,
  );
  return new TextEncoder().encode(
    [isPicture ? 'row,column,channel,value' : 'unit,value', ...lines, ''].join('\n'),
  );
}
