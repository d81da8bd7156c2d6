/** What is asked of a decoder, and what it answers. */
import type { Note } from '../contract/index.ts';
import type { Canvas, Size, Target } from './canvas.ts';
import { Unusable } from './unusable.ts';

export type PictureRequest = {
  bytes: Buffer;
  options: Target;
  /**
   * Waits until so many pixels may be decoded; decoders call it before they decode, with what the header
   * says.
   */
  ask: (pixels: number) => Promise<void>;
  onNote: (note: Note) => void;
};

/** Scaled, upright and opaque; `original` is the upright size in the file, `bits` what a sample has there. */
export type Decoded = { canvas: Canvas; original: Size; bits: number };

/** Shorter sides say too little to learn from. */
export const SMALLEST_SIDE = 8;
/** 100 megapixels: more would take some gigabytes to decode. */
export const MOST_PIXELS = 100_000_000;

/** Throws Unusable when the header promises more or fewer pixels than the app takes. */
export function checkSize({ width, height }: Size): void {
  const size = `${width} × ${height} pixels`;
  if (width * height > MOST_PIXELS) {
    throw new Unusable(
      'too-large',
      `${size}; at most ${MOST_PIXELS / 1e6} megapixels, such as 10000 × 10000`,
    );
  }
  if (Math.min(width, height) < SMALLEST_SIDE) {
    throw new Unusable('too-small', `${size}; at least ${SMALLEST_SIDE} on each side`);
  }
}
