/** Tells a picture's format, size and orientation from its first bytes, so that no giant is ever decoded. */
import { readAvifHeader } from './avif-header.ts';
import { readOrientation, readTiffTags } from './exif.ts';
import { Unusable } from './unusable.ts';

export type Format = 'PNG' | 'JPEG' | 'WebP' | 'GIF' | 'BMP' | 'AVIF' | 'TIFF';

/** width and height as stored, before `orientation` (EXIF, 1 to 8) turns the picture upright. */
export type Header = { format: Format; width: number; height: number; orientation: number };

/** Bytes that identifyFormat needs. */
export const START_BYTES = 64;

const BMP_HEADER_SIZES = new Set([12, 40, 52, 56, 64, 108, 124]);

/** The format by its magic bytes, whatever the file is called; undefined for all that is not such an image. */
export function identifyFormat(start: Buffer): Format | undefined {
  const text = start.toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'GIF';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'WebP';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'TIFF';
  if (text.slice(4, 8) === 'ftyp' && brands(start).some((brand) => brand === 'avif' || brand === 'avis')) return 'AVIF';
  if (text.startsWith('BM') && start.length >= 18 && BMP_HEADER_SIZES.has(start.readUInt32LE(14))) return 'BMP';
  return undefined;
}

/** Says what a file is that is no image for us, where a person may wonder. */
export function describeOther(start: Buffer): string {
  const text = start.toString('latin1');
  const heic = text.slice(4, 8) === 'ftyp' && brands(start).some((brand) => /^(hei|hev|mif)/.test(brand));
  if (heic) return 'a HEIC picture; save it as JPEG or PNG to use it';
  if (/^\s*(<\?xml[^]*)?<svg/i.test(text)) return 'an SVG drawing; save it as PNG to use it';
  if (text.startsWith('8BPS')) return 'a Photoshop document; save it as PNG to use it';
  return 'not a PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP file';
}

function brands(start: Buffer): string[] {
  const end = Math.min(start.readUInt32BE(0), start.length);
  const found = [start.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(start.toString('latin1', at, at + 4));
  return found;
}

/** Reads the header of a whole file. Throws Unusable (damaged) where it is cut short or makes no sense. */
export function readHeader(format: Format, bytes: Buffer): Header {
  try {
    const header = { format, ...READERS[format](bytes) };
    if (header.width > 0 && header.height > 0) return header;
  } catch (error) {
    if (error instanceof Unusable) throw error;
  }
  throw new Unusable('damaged', `Its ${format} header is cut short or makes no sense.`);
}

type Read = (bytes: Buffer) => Omit<Header, 'format'>;

const READERS: Record<Format, Read> = {
  PNG: readPng,
  JPEG: readJpeg,
  WebP: readWebp,
  GIF: (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), orientation: 1 }),
  BMP: readBmp,
  AVIF: readAvifHeader,
  TIFF: (bytes) => {
    const { width = 0, height = 0 } = readTiffTags(bytes);
    return { width, height, orientation: readOrientation(bytes) };
  },
};

function readPng(bytes: Buffer): ReturnType<Read> {
  let orientation = 1;
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== 'eXIf') continue;
    orientation = readOrientation(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), orientation };
}

const END_OF_JPEG = Buffer.from([0xff, 0xd9]);

function readJpeg(bytes: Buffer): ReturnType<Read> {
  let orientation = 1;
  for (let at = 2; ; ) {
    while (bytes.readUInt8(at) !== 0xff || bytes.readUInt8(at + 1) === 0xff) at++;
    const marker = bytes.readUInt8(at + 1);
    const length = bytes.readUInt16BE(at + 2);
    const isExif = marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0';
    if (isExif) orientation = readOrientation(bytes.subarray(at + 10, at + 2 + length));
    if (isFrame(marker)) {
      // The decoder paints what is missing grey and says nothing, so a cut file is found here.
      if (bytes.lastIndexOf(END_OF_JPEG) < at) throw new Unusable('damaged', 'The file ends before the picture does.');
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5), orientation };
    }
    at += 2 + length;
  }
}

/** Start-of-frame markers are C0 to CF but for three that define tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readWebp(bytes: Buffer): ReturnType<Read> {
  const first = bytes.toString('latin1', 12, 16);
  if (first === 'VP8 ') {
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, orientation: 1 };
  }
  if (first === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, orientation: 1 };
  }
  let orientation = 1;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === 'EXIF') {
      const block = bytes.subarray(at + 8, at + 8 + length);
      orientation = readOrientation(block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block);
    }
    at += 8 + length + (length % 2);
  }
  return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1, orientation };
}

function readBmp(bytes: Buffer): ReturnType<Read> {
  if (bytes.readUInt32LE(14) === 12) {
    return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20), orientation: 1 };
  }
  // A negative height means that the rows run from the top.
  return { width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)), orientation: 1 };
}
