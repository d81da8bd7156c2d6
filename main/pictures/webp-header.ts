/**
 * Reads the header of a WebP, a RIFF file of chunks: size, orientation, colour profile, and whether it is an
 * animation.
 */
import { shareOfZeros, type Header } from './header.ts';
import { readOrientation } from './tiff-tags.ts';

const ANIMATION_FLAG = 2;

export function readWebpHeader(bytes: Buffer): Header {
  const first = bytes.toString('latin1', 12, 16);
  if (first === 'VP8 ') {
    return {
      width: bytes.readUInt16LE(26) & 0x3fff,
      height: bytes.readUInt16LE(28) & 0x3fff,
      orientation: 1,
      zeros: zerosOf(bytes.subarray(20), first),
    };
  }
  if (first === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return {
      width: (packed & 0x3fff) + 1,
      height: ((packed >>> 14) & 0x3fff) + 1,
      orientation: 1,
      zeros: zerosOf(bytes.subarray(20), first),
    };
  }
  const header: Header = {
    width: bytes.readUIntLE(24, 3) + 1,
    height: bytes.readUIntLE(27, 3) + 1,
    orientation: 1,
    animated: (bytes.readUInt8(20) & ANIMATION_FLAG) !== 0,
  };
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    const kind = bytes.toString('latin1', at, at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (kind === 'EXIF')
      header.orientation = readOrientation(
        body.toString('latin1', 0, 6) === 'Exif\0\0' ? body.subarray(6) : body,
      );
    if (kind === 'ICCP') header.space = { kind: 'icc', bytes: body };
    if (kind === 'VP8 ' || kind === 'VP8L') header.zeros = zerosOf(body, kind);
    at += 8 + length + (length % 2);
  }
  return header;
}

/**
 * Zeros at the end of the data. A lossy picture never ends in a hundred of them; a lossless one may, in one
 * colour.
 */
function zerosOf(data: Buffer, kind: 'VP8 ' | 'VP8L'): Header['zeros'] {
  const share = shareOfZeros(data);
  return share * data.length < 256 ? undefined : { share, means: kind === 'VP8 ' ? 'cut' : 'perhaps-cut' };
}
