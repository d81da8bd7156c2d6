/** Grey, colour and see-through images all become what a canvas takes. */
import { expect, test } from 'vitest';
import { imageAt, rgbaOf } from './pixels.ts';

test('grey is three times the same, and opaque', () => {
  expect([...rgbaOf({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(7, 9) })]).toEqual([
    7, 7, 7, 255, 9, 9, 9, 255,
  ]);
});

test('colours keep their places, and opacity where there is one', () => {
  expect([...rgbaOf({ width: 1, height: 2, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) })]).toEqual([
    1, 2, 3, 255, 4, 5, 6, 255,
  ]);
  expect([...rgbaOf({ width: 1, height: 1, channels: 4, pixels: Uint8Array.of(1, 2, 3, 4) })]).toEqual([
    1, 2, 3, 4,
  ]);
});

test('an image of a batch is its own bytes', () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => i);
  expect([...imageAt({ size: 2, channels: 1, pixels }, 2).pixels]).toEqual([8, 9, 10, 11]);
});
