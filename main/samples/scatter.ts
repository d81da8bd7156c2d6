/** Points of the plane as one picture: real ones grey, generated ones in colour. */
import type { ImageBatch } from '../contract/index.ts';

/** Pixels, width = height. */
export const SCATTER_SIZE = 256;

/** Points, [x, y] in [-1, 1] each, y upwards. */
export type Cloud = { points: Float32Array; of: 'real' | 'generated' };

/** The points of a cloud, one by one. */
export function pointsOf(numbers: Float32Array): { x: number; y: number }[] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    x: numbers[2 * index] ?? 0,
    y: numbers[2 * index + 1] ?? 0,
  }));
}

const CHANNELS = 3;
const PAPER = 255;
/** How points look: squares of `side` pixels, in RGB. */
const LOOKS = {
  real: { side: 2, colour: [176, 176, 176] },
  generated: { side: 3, colour: [213, 62, 15] },
} as const;

/** The clouds on white, later ones over earlier ones; what lies outside of the picture is not drawn. */
export function scatterPicture(clouds: readonly Cloud[]): ImageBatch {
  const pixels = new Uint8Array(SCATTER_SIZE ** 2 * CHANNELS).fill(PAPER);
  for (const cloud of clouds) draw(pixels, cloud);
  return { count: 1, size: SCATTER_SIZE, channels: CHANNELS, pixels };
}

function draw(pixels: Uint8Array, { points, of }: Cloud): void {
  const { side, colour } = LOOKS[of];
  const corner = (number: number) => Math.round(((number + 1) * SCATTER_SIZE - side) / 2);
  for (const point of pointsOf(points)) {
    const [left, top] = [corner(point.x), corner(-point.y)];
    for (let pixel = 0; pixel < side * side; pixel++) {
      const [x, y] = [left + (pixel % side), top + Math.floor(pixel / side)];
      if (x >= 0 && y >= 0 && x < SCATTER_SIZE && y < SCATTER_SIZE)
        pixels.set(colour, (y * SCATTER_SIZE + x) * CHANNELS);
    }
  }
}
