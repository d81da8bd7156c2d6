/** What the tests share: PNGs written by hand, and the committed test images. */
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

/** The committed images; see make.py beside them. */
export const TEST_IMAGES = fileURLToPath(new URL('../../assets/test-images', import.meta.url));

/** A grey PNG all of one shade; at level 0, files of all shades are of one length. */
export function greyPng({
  width = 8,
  height = width,
  shade = 128,
  level = 9,
}: { width?: number; height?: number; shade?: number; level?: number } = {}): Buffer {
  const row = Buffer.alloc(1 + width, shade);
  row[0] = 0;
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return png({ width, height, bits: 8, rows, level });
}

/** A black and white PNG of any size that takes few bytes. */
export function hugePng(side: number): Buffer {
  return png({ width: side, height: side, bits: 1, rows: Buffer.alloc((1 + Math.ceil(side / 8)) * side) });
}

function png({
  width,
  height,
  bits,
  rows,
  level = 9,
}: {
  width: number;
  height: number;
  bits: 1 | 8;
  rows: Buffer;
  level?: number;
}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(bits, 8); // colour type 0 (grey) and the rest are 0
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const checked = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const framed = Buffer.alloc(8 + checked.length);
  framed.writeUInt32BE(body.length, 0);
  checked.copy(framed, 4);
  framed.writeUInt32BE(checksum(checked), 4 + checked.length);
  return framed;
}

/** CRC-32; node:zlib has it from Node 22 on. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}
