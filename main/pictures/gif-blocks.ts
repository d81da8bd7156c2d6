/**
 * Walks the blocks of a GIF without decoding, to find where each frame lies. Each block is at least a byte
 * long, so the walk ends.
 */
import type { Rectangle } from './canvas.ts';
import { Unusable } from './unusable.ts';
import { refuseZerosForEnd } from './zeros.ts';

const EXTENSION = 0x21;
const FRAME = 0x2c;
const END = 0x3b;

/**
 * The rectangles of a GIF's frames. Throws Unusable (damaged) if the file ends within a block, or in zeros
 * without an end mark: zeros look like the end of a frame and filler.
 */
export function gifFrames(bytes: Buffer): Rectangle[] {
  const frames: Rectangle[] = [];
  try {
    let at = 13 + tableBytes(bytes.readUInt8(10));
    while (at < bytes.length && bytes.readUInt8(at) !== END) {
      const kind = bytes.readUInt8(at);
      if (kind === FRAME) {
        frames.push({
          x: bytes.readUInt16LE(at + 1),
          y: bytes.readUInt16LE(at + 3),
          width: bytes.readUInt16LE(at + 5),
          height: bytes.readUInt16LE(at + 7),
        });
        at = afterBlocks(bytes, at + 11 + tableBytes(bytes.readUInt8(at + 9)));
      } else if (kind === EXTENSION) {
        at = afterBlocks(bytes, at + 2);
      } else {
        at += 1; // filler between blocks, as other readers take it
      }
    }
    if (at >= bytes.length) refuseZerosForEnd(bytes);
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable('damaged', 'The file ends before the picture does.');
  }
  return frames;
}

/** Bytes of the colour table that these flags announce. */
function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/**
 * The offset after data blocks: each is a length and as many bytes, the last has length 0. Throws RangeError
 * at the end.
 */
function afterBlocks(bytes: Buffer, start: number): number {
  let at = start;
  for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) at += length + 1;
  return at + 1;
}
