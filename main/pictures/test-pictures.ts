/** Pictures that tests share: PNGs of one shade, and the committed test images. */
import { encode } from 'fast-png';
import { fileURLToPath } from 'node:url';

/** The committed images; see make.py beside them. */
export const TEST_IMAGES = fileURLToPath(new URL('../../assets/test-images', import.meta.url));

/** A grey PNG of a single shade; at level 0, files of all shades have the same length. */
export function greyPng({
  width = 8,
  height = width,
  shade = 128,
  level = 9,
}: { width?: number; height?: number; shade?: number; level?: 0 | 9 } = {}): Buffer {
  const data = new Uint8Array(width * height).fill(shade);
  return Buffer.from(encode({ width, height, channels: 1, data }, { zlib: { level } }));
}

/** A black PNG of one bit per pixel: large in memory, small on disk. */
export function hugePng(side: number): Buffer {
  const data = new Uint8Array(Math.ceil(side / 8) * side);
  return Buffer.from(encode({ width: side, height: side, channels: 1, depth: 1, data }));
}
