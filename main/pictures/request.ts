/** The request to a decoder, its answer, and the sizes that are accepted. */
import type { Note } from '../contract/index.ts';
import type { Canvas, Size, Target } from './canvas.ts';
import { Unusable } from './unusable.ts';

export type PictureRequest = {
  bytes: Buffer;
  options: Target;
  /**
   * Waits until this many pixels may be decoded; decoders call it before decoding, with the size in the
   * header.
   */
  ask: (pixels: number) => Promise<void>;
  onNote: (note: Note) => void;
};

/**
 * Scaled, upright and opaque; `original`: the upright size in the file; `bits`: the bits of a sample there.
 */
export type Decoded = { canvas: Canvas; original: Size; bits: number };

/** A picture with a shorter side shows too little to learn from. */
export const SMALLEST_SIDE = 8;
/** 100 megapixels: more would take several gigabytes to decode. */
export const MOST_PIXELS = 100_000_000;

/** Throws Unusable (too-large, too-small) for a size that the app does not accept. */
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
