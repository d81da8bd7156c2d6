/**
 * Reads the header of a PNG, WebP, AVIF or BMP, so that a picture that is too large is never decoded. libvips
 * reads the headers of the other formats.
 */
import { readAvifHeader } from './avif-header.ts';
import { readBmpHeader } from './bmp-header.ts';
import type { Header } from './header.ts';
import { readPngHeader } from './png-header.ts';
import { Unusable } from './unusable.ts';
import { readWebpHeader } from './webp-header.ts';

export type HeaderFormat = 'PNG' | 'WebP' | 'AVIF' | 'BMP';

const READERS: Record<HeaderFormat, (bytes: Buffer) => Header> = {
  PNG: readPngHeader,
  WebP: readWebpHeader,
  AVIF: readAvifHeader,
  BMP: readBmpHeader,
};

/** Reads the header of a whole file. Throws Unusable (damaged) if it is cut short or makes no sense. */
export function readHeader(format: HeaderFormat, bytes: Buffer): Header {
  try {
    const header = READERS[format](bytes);
    if (header.width > 0 && header.height > 0) return header;
  } catch (error) {
    if (error instanceof Unusable) throw error;
  }
  throw new Unusable('damaged', `Its ${format} header is cut short or makes no sense.`);
}
