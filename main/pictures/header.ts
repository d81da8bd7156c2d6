/** What a file says of its picture before its pixels. */

/**
 * What a colour value means, where a file says so: an ICC profile, Display P3 by a code, or something that is
 * not known here.
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
  /** The share of its data, from the end, that is zeros; where these may be missing data. */
  zeros?: { share: number; means: 'cut' | 'perhaps-cut' } | undefined;
};

const PRIMARIES_P3 = 12;
const TRANSFER_SRGB = 13;

/** Colour spaces by their codes in ITU-T H.273; undefined for sRGB, or where nothing is said (2). */
export function spaceOfCodes({
  primaries,
  transfer,
}: {
  primaries: number;
  transfer: number;
}): ColourSpace | undefined {
  // 1, 6 and 14 are video's curves, which players show as they show sRGB.
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
