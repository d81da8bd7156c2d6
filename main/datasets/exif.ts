/** Reads the first directory of a TIFF block, which is both a TIFF file's header and the body of every EXIF record. */

/** Values of the tags asked for; a tag that the block lacks is absent. */
export type TiffTags = { width?: number; height?: number; orientation?: number };

const TAG_NAMES = new Map<number, keyof TiffTags>([[256, 'width'], [257, 'height'], [274, 'orientation']]);
const TYPE_SHORT = 3;
const TYPE_LONG = 4;

/**
 * Width, height and EXIF orientation (1 to 8) of a TIFF block that starts with its byte order.
 * Throws RangeError where the block is cut short.
 */
export function readTiffTags(block: Buffer): TiffTags {
  const little = block.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (little ? block.readUInt16LE(at) : block.readUInt16BE(at));
  const long = (at: number): number => (little ? block.readUInt32LE(at) : block.readUInt32BE(at));
  const tags: TiffTags = {};
  const directory = long(4);
  const entries = short(directory);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    const name = TAG_NAMES.get(short(at));
    const type = short(at + 2);
    if (name !== undefined && type === TYPE_SHORT) tags[name] = short(at + 8);
    if (name !== undefined && type === TYPE_LONG) tags[name] = long(at + 8);
  }
  return tags;
}

/** The EXIF orientation of such a block: 1 (upright) where it is missing or makes no sense, for EXIF is often broken. */
export function readOrientation(block: Buffer): number {
  try {
    const { orientation = 1 } = readTiffTags(block);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  } catch {
    return 1;
  }
}
