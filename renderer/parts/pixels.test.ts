/** Grey, coloured and transparent images become the bytes that a canvas takes. */
import { expect, test } from 'vitest';
import { imageAt, rgbaOf } from './pixels.ts';

test('a grey image has three equal colours, and is opaque', () => {
  expect([...rgbaOf({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(7, 9) })]).toEqual([
    7, 7, 7, 255, 9, 9, 9, 255,
  ]);
});

test('a coloured image keeps its colours, and its opacity if it has one', () => {
  expect([...rgbaOf({ width: 1, height: 2, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) })]).toEqual([
    1, 2, 3, 255, 4, 5, 6, 255,
  ]);
  expect([...rgbaOf({ width: 1, height: 1, channels: 4, pixels: Uint8Array.of(1, 2, 3, 4) })]).toEqual([
    1, 2, 3, 4,
  ]);
});

test('an image of a batch has its own bytes', () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => i);
  expect([...imageAt({ size: 2, channels: 1, pixels }, 2).pixels]).toEqual([8, 9, 10, 11]);
});
