/** Reads the header of an AVIF picture: size and orientation are properties in nested boxes, not EXIF. */

import { spaceOfCodes, type Header } from './header.ts';

/** Boxes that hold other boxes, with the number of bytes before the first of those. */
const CONTAINERS = new Map([
  ['meta', 4],
  ['iprp', 0],
  ['ipco', 0],
]);

/**
 * EXIF orientation by quarter turns anticlockwise (irot) and then mirroring (imir): none, top-bottom,
 * left-right.
 */
const ORIENTATIONS = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
] as const;

type Properties = {
  width: number;
  height: number;
  turns: number;
  mirror: 0 | 1 | 2;
  space?: Header['space'];
  animated: boolean;
};

/**
 * Returns the largest size in the file, so that no hidden item is larger. Throws RangeError if it is cut
 * short.
 */
export function readAvifHeader(bytes: Buffer): Header {
  const found: Properties = {
    width: 0,
    height: 0,
    turns: 0,
    mirror: 0,
    animated: bytes.toString('latin1', 8, 12) === 'avis',
  };
  readBoxes(bytes, found);
  const { width, height, space, animated } = found;
  if (width === 0) throw new RangeError('No picture size in the header');
  return { width, height, space, animated, orientation: ORIENTATIONS[found.turns]?.[found.mirror] ?? 1 };
}

function readBoxes(bytes: Buffer, found: Properties): void {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const declared = bytes.readUInt32BE(at);
    const header = declared === 1 ? 16 : 8;
    const length =
      declared === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : declared === 0 ? bytes.length - at : declared;
    if (length < header) throw new RangeError('A box without a length in the header');
    readBox(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + header, at + length), found);
    at += length;
  }
}

function readBox(kind: string, body: Buffer, found: Properties): void {
  const skipped = CONTAINERS.get(kind);
  if (skipped !== undefined) return readBoxes(body.subarray(skipped), found);
  if (kind === 'irot') found.turns = body.readUInt8(0) & 3;
  if (kind === 'imir') found.mirror = (body.readUInt8(0) & 1) === 0 ? 1 : 2;
  if (kind === 'colr') readColours(body, found);
  if (kind !== 'ispe') return;
  const [width, height] = [body.readUInt32BE(4), body.readUInt32BE(8)];
  if (width * height > found.width * found.height) Object.assign(found, { width, height });
}

/** Reads the colour space; an ICC profile takes precedence over codes, as it is more precise. */
function readColours(body: Buffer, found: Properties): void {
  const kind = body.toString('latin1', 0, 4);
  if (kind === 'prof' || kind === 'rICC') found.space = { kind: 'icc', bytes: body.subarray(4) };
  if (kind === 'nclx')
    found.space ??= spaceOfCodes({ primaries: body.readUInt16BE(4), transfer: body.readUInt16BE(6) });
}
