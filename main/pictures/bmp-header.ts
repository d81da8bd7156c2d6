/** Reads the header of a BMP: size and colour profile. */
import { shareOfZeros, type Header } from './header.ts';

const V5_HEADER = 124;
/** 'MBED' as the header's colour space: the file contains a profile. */
const EMBEDDED_PROFILE = 0x4d424544;

export function readBmpHeader(bytes: Buffer): Header {
  const size = bytes.readUInt32LE(14);
  const zeros = {
    share: shareOfZeros(bytes.subarray(bytes.readUInt32LE(10))),
    means: 'perhaps-cut',
  } as const;
  if (size === 12)
    return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20), orientation: 1, zeros };
  // A negative height means that the rows run from the top.
  const header: Header = {
    width: bytes.readInt32LE(18),
    height: Math.abs(bytes.readInt32LE(22)),
    orientation: 1,
    zeros,
  };
  if (size < V5_HEADER || bytes.readUInt32LE(14 + 56) !== EMBEDDED_PROFILE) return header;
  const start = 14 + bytes.readUInt32LE(14 + 112);
  return {
    ...header,
    space: { kind: 'icc', bytes: bytes.subarray(start, start + bytes.readUInt32LE(14 + 116)) },
  };
}
