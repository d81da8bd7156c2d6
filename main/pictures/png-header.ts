/**
 * Reads the header of a PNG, a file of chunks: size, orientation, colours, and whether it is an animation.
 */
import { inflateSync } from 'node:zlib';
import { spaceOfCodes, type ColourSpace, type Header } from './header.ts';
import { readOrientation } from './tiff-tags.ts';

/** No real profile is larger; this bounds a decompression bomb. */
const LARGEST_PROFILE = 16_000_000;

export function readPngHeader(bytes: Buffer): Header {
  const header: Header = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), orientation: 1 };
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (kind === 'eXIf') header.orientation = readOrientation(body);
    if (kind === 'acTL') header.animated = body.readUInt32BE(0) > 1;
    if (kind === 'iCCP') header.space = pngProfile(body);
    if (kind === 'cICP')
      header.space = spaceOfCodes({ primaries: body.readUInt8(0), transfer: body.readUInt8(1) });
  }
  return header;
}

/** The profile of an iCCP chunk: a name, a zero, the method (0), and the deflated profile. */
function pngProfile(body: Buffer): ColourSpace {
  try {
    return {
      kind: 'icc',
      bytes: inflateSync(body.subarray(body.indexOf(0) + 2), { maxOutputLength: LARGEST_PROFILE }),
    };
  } catch {
    return { kind: 'icc', bytes: Buffer.alloc(0) };
  }
}
