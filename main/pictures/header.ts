/** The header of a picture: what its file says before the pixels. */

/**
 * The colour space of a file that names one: an ICC profile, Display P3 by a code, or one that is not
 * supported.
 */
export type ColourSpace = { kind: 'icc'; bytes: Buffer } | { kind: 'p3' } | { kind: 'unknown'; word: string };

export type Header = {
  /** As stored, before `orientation` (EXIF, 1 to 8) turns the picture upright. */
  width: number;
  height: number;
  orientation: number;
  /** Absent means sRGB. */
  space?: ColourSpace | undefined;
  /** Whether it is an animation. */
  animated?: boolean;
  /**
   * The share of its data that zeros at the end take, if these may be missing data, and whether they must be.
   */
  zeros?: { share: number; means: 'cut' | 'perhaps-cut' } | undefined;
};

const PRIMARIES_P3 = 12;
const TRANSFER_SRGB = 13;

/** The colour space by its codes in ITU-T H.273; undefined for sRGB, and for unspecified (2). */
export function spaceOfCodes({
  primaries,
  transfer,
}: {
  primaries: number;
  transfer: number;
}): ColourSpace | undefined {
  // 1, 6 and 14 are the curves of video, which players show like sRGB.
  const usual = [1, 2, 6, 14, TRANSFER_SRGB].includes(transfer);
  if (usual && [1, 2, 5, 6, 7].includes(primaries)) return undefined;
  if (usual && primaries === PRIMARIES_P3) return { kind: 'p3' };
  return { kind: 'unknown', word: `primaries ${primaries}, transfer ${transfer} of ITU-T H.273` };
}

/** The share of `bytes` that zeros at its end take. */
export function shareOfZeros(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.length === 0 ? 0 : 1 - end / bytes.length;
}
