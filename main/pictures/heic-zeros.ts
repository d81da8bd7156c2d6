/** Detects a HEIC picture that was cut short, by zeros at the end of its data. */
import { shareOfZeros } from './header.ts';
import type { PictureRequest } from './request.ts';
import { checkZeros } from './zeros.ts';

/** HEVC never has more zeros in a row; other items in the file may. */
const MOST_ZEROS = 64;

/** Throws Unusable (damaged) if the largest box of data ends in zeros. */
export function checkHeicZeros({ bytes, onNote }: Pick<PictureRequest, 'bytes' | 'onNote'>): void {
  const data = largestData(bytes);
  const share = shareOfZeros(data);
  if (share * data.length > MOST_ZEROS) checkZeros({ share, means: 'cut' }, onNote);
}

/** The body of the largest `mdat` box. A box is its length, a kind of four letters, and its body. */
function largestData(bytes: Buffer): Buffer {
  let largest = bytes.subarray(0, 0);
  for (let at = 0; at + 16 <= bytes.length;) {
    const declared = bytes.readUInt32BE(at);
    const header = declared === 1 ? 16 : 8;
    const length =
      declared === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : declared === 0 ? bytes.length - at : declared;
    if (length < header) break;
    const body = bytes.subarray(at + header, at + length);
    if (bytes.toString('latin1', at + 4, at + 8) === 'mdat' && body.length > largest.length) largest = body;
    at += length;
  }
  return largest;
}
