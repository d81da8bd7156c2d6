import { expect, test } from 'vitest';
import { SCATTER_SIZE, scatterPicture } from './scatter.ts';

const colourAt = (pixels: Uint8Array, x: number, y: number) => [
  ...pixels.subarray((y * SCATTER_SIZE + x) * 3, (y * SCATTER_SIZE + x) * 3 + 3),
];
const middle = SCATTER_SIZE / 2;

test('points are drawn on white, y upwards, generated ones over real ones', () => {
  const real = Float32Array.of(0, 0, 0.5, 0.5);
  const { count, size, channels, pixels } = scatterPicture([
    { points: real, of: 'real' },
    { points: Float32Array.of(0, 0, -0.5, -0.5), of: 'generated' },
  ]);
  expect([count, size, channels]).toEqual([1, SCATTER_SIZE, 3]);
  const [both, onlyReal, onlyGenerated] = [
    colourAt(pixels, middle, middle),
    colourAt(pixels, middle * 1.5, middle * 0.5),
    colourAt(pixels, middle * 0.5, middle * 1.5),
  ];
  expect(both).toEqual(onlyGenerated);
  expect(new Set(onlyReal).size).toBe(1);
  expect(new Set(onlyGenerated).size).toBeGreaterThan(1);
  expect(colourAt(pixels, middle * 0.5, middle * 0.5)).toEqual([255, 255, 255]);
});

test('points at the border are cut off, and points beyond it are not drawn', () => {
  const { pixels } = scatterPicture([
    { points: Float32Array.of(1, 1, -1, -1, 3, 0, NaN, 0), of: 'generated' },
  ]);
  expect(pixels).toHaveLength(SCATTER_SIZE ** 2 * 3);
  expect(colourAt(pixels, SCATTER_SIZE - 1, 0)).not.toEqual([255, 255, 255]);
  expect(colourAt(pixels, 0, SCATTER_SIZE - 1)).not.toEqual([255, 255, 255]);
  expect(colourAt(pixels, SCATTER_SIZE - 1, middle)).toEqual([255, 255, 255]);
});
