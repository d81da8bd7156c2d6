/** Walks the blocks of a JPEG without decoding. */

const SCAN = 0xda;
const END = Buffer.from([0xff, 0xd9]);

/** Whether the picture has an end mark after its first scan; that of a thumbnail does not count. */
export function hasJpegEnd(bytes: Buffer): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SCAN) {
    at += bytes[at + 1] === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return bytes.indexOf(END, at) >= 0;
}
