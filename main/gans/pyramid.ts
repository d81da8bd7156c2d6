/**
 * The sizes of pictures between z and the image: each twice as large as the one before, with fewer channels.
 */

/**
 * How often G's first picture doubles: 28 from 7 (2 times), 32 from 4 (3 times), 64 from 4 (4 times), 128
 * from 4 (5 times).
 */
export function doublingsOf(size: number): number {
  return size === 28 ? 2 : Math.log2(size / 4);
}

/**
 * Channels of a picture that is `level` halvings away from the one next to the image: width, 2 width, 4
 * width, and 8 width from there on.
 */
export function channelsAt(width: number, level: number): number {
  return width * Math.min(8, 2 ** level);
}

/** Channels at each level, next to the image first. */
export function channelsPerLevel(width: number, levels: number): number[] {
  return Array.from({ length: levels }, (_, level) => channelsAt(width, level));
}
