/** Enlarged images keep their colours, and too many pixels are refused. */
import { expect, test } from 'vitest';
import { enlarged } from './enlarged.ts';

const grey = (size: number, pixels: number[]) => ({
  count: pixels.length / size ** 2,
  size,
  channels: 1 as const,
  pixels: Uint8Array.from(pixels),
});

test('every pixel becomes a block of its colour', () => {
  const large = enlarged(grey(2, [1, 2, 3, 4, 5, 6, 7, 8]), { scale: 2 });
  expect(large.size).toBe(4);
  expect([...large.pixels.subarray(0, 16)]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  expect([...large.pixels.subarray(16, 20)]).toEqual([5, 5, 6, 6]);
});

test('colours stay together', () => {
  const colour = { count: 1, size: 1, channels: 3 as const, pixels: Uint8Array.of(10, 20, 30) };
  for (const resampling of ['nearest', 'lanczos'] as const)
    expect([...enlarged(colour, { scale: 3, resampling }).pixels]).toEqual(
      new Array(9).fill([10, 20, 30]).flat(),
    );
});

test('scale 1 returns the same images; too many pixels are refused, with a remedy', () => {
  const images = grey(64, new Array<number>(256 * 64 * 64).fill(0));
  expect(enlarged(images, { scale: 1, resampling: 'lanczos' })).toBe(images);
  for (const resampling of ['nearest', 'lanczos'] as const)
    expect(() => enlarged(images, { scale: 8, resampling })).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        remedy: 'Choose fewer pictures, or enlarge them less.',
      }),
    );
});

// Rows 0, 5 and 11 of Image.frombytes('L', (4, 4), bytes(SOFT)).resize((12, 12), Image.LANCZOS) in Pillow 12.
const SOFT = [100, 120, 90, 110, 140, 100, 120, 130, 95, 105, 150, 110, 125, 135, 115, 100];
const IN_PILLOW: Record<number, number[]> = {
  0: [84, 91, 103, 117, 124, 115, 98, 86, 88, 97, 106, 111],
  5: [137, 130, 117, 103, 96, 104, 123, 137, 139, 134, 128, 125],
  11: [129, 132, 136, 140, 140, 132, 119, 108, 101, 99, 99, 99],
};

test('Lanczos gives the pixels of Pillow, up to rounding', () => {
  const { pixels } = enlarged(grey(4, SOFT), { scale: 3, resampling: 'lanczos' });
  for (const [row, wanted] of Object.entries(IN_PILLOW)) {
    const made = [...pixels.subarray(12 * Number(row), 12 * Number(row) + 12)];
    const apart = Math.max(...made.map((value, index) => Math.abs(value - wanted[index]!)));
    expect(apart).toBeLessThanOrEqual(1);
  }
});

test('Lanczos clips what overshoots black and white, and keeps the mean', () => {
  const edge = [0, 0, 255, 255].flatMap((shade) => new Array<number>(4).fill(shade));
  const { pixels } = enlarged(grey(4, edge), { scale: 4, resampling: 'lanczos' });
  expect([Math.min(...pixels), Math.max(...pixels)]).toEqual([0, 255]);
  expect(new Set(pixels).size).toBeGreaterThan(4);
  expect(pixels.reduce((sum, shade) => sum + shade, 0) / pixels.length).toBeCloseTo(127.5, 0);
});

test('the images of a batch do not run into each other', () => {
  const both = enlarged(grey(4, [...new Array<number>(16).fill(0), ...new Array<number>(16).fill(200)]), {
    scale: 2,
    resampling: 'lanczos',
  });
  expect(new Set(both.pixels.subarray(0, 64))).toEqual(new Set([0]));
  expect(new Set(both.pixels.subarray(64))).toEqual(new Set([200]));
});
