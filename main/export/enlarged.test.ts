/** Enlarged images keep their colours, and no more memory is taken than there may be. */
import { expect, test } from 'vitest';
import { enlarged } from './enlarged.ts';

test('every pixel becomes a block of its colour', () => {
  const grey = { count: 2, size: 2, channels: 1 as const, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
  const large = enlarged(grey, 2);
  expect(large.size).toBe(4);
  expect([...large.pixels.subarray(0, 16)]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  expect([...large.pixels.subarray(16, 20)]).toEqual([5, 5, 6, 6]);
});

test('colours stay together', () => {
  const colour = { count: 1, size: 1, channels: 3 as const, pixels: Uint8Array.of(10, 20, 30) };
  expect([...enlarged(colour, 3).pixels]).toEqual(new Array(9).fill([10, 20, 30]).flat());
});

test('once is the same images; too many pixels are refused with what to do', () => {
  const images = { count: 256, size: 64, channels: 1 as const, pixels: new Uint8Array(256 * 64 * 64) };
  expect(enlarged(images, 1)).toBe(images);
  expect(() => enlarged(images, 8)).toThrow(
    expect.objectContaining({
      code: 'invalid-input',
      remedy: 'Choose fewer pictures, or enlarge them less.',
    }),
  );
});
