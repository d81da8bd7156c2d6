/** Identifies the kind of a file by its first bytes, whatever its name. */
import { Unusable } from './unusable.ts';

export type Format = 'PNG' | 'JPEG' | 'WebP' | 'GIF' | 'BMP' | 'AVIF' | 'HEIC' | 'TIFF';

/** How many bytes `identifyFormat` and `unlikeAPicture` need; an SVG may begin with a long comment. */
export const START_BYTES = 512;

const BMP_HEADER_SIZES = new Set([12, 40, 52, 56, 64, 108, 124]);

/** The format by its magic bytes; undefined for a file of any other kind. */
export function identifyFormat(start: Buffer): Format | undefined {
  const text = start.toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'GIF';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'WebP';
  if (isTiff(text) && rawCameraOf(text) === undefined) return 'TIFF';
  if (text.slice(4, 8) === 'ftyp' && rawCameraOf(text) === undefined) return formatOfBrands(start);
  if (text.startsWith('BM') && start.length >= 18 && BMP_HEADER_SIZES.has(start.readUInt32LE(14)))
    return 'BMP';
  return undefined;
}

/** The format of a HEIF file: by its brands, or by the kind of its items if the brands only say HEIF. */
function formatOfBrands(start: Buffer): 'AVIF' | 'HEIC' | undefined {
  const named = brands(start);
  if (/^(hei|hev)/.test(named[0] ?? '')) return 'HEIC';
  if (named.some((brand) => brand === 'avif' || brand === 'avis')) return 'AVIF';
  if (named.some((brand) => /^(hei|hev)/.test(brand))) return 'HEIC';
  if (!named.some((brand) => /^(mif|msf)\d/.test(brand))) return undefined;
  return start.includes('av01') && !start.includes('hvc1') ? 'AVIF' : 'HEIC';
}

/** 42 in either byte order, or 43 for BigTIFF. */
function isTiff(text: string): boolean {
  return ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(text.slice(0, 4));
}

const WAY_OUT = 'save it as JPEG or PNG to use it';

/**
 * Why a file of another kind is left out: it is a picture of a kind that is not supported, or not a picture.
 */
export function unlikeAPicture(start: Buffer): Unusable {
  const camera = rawCameraOf(start.toString('latin1'));
  if (camera !== undefined) return rawPicture(camera);
  const kind = otherPicture(start);
  if (kind !== undefined) return new Unusable('unsupported', `${kind}; ${WAY_OUT}`);
  return new Unusable('not-an-image', 'not a PNG, JPEG, WebP, AVIF, HEIC, GIF, TIFF or BMP file');
}

/**
 * Why a camera's raw file is left out: it holds unprocessed sensor data, and its embedded picture is a
 * thumbnail. `kind` names it, such as 'a camera raw picture (Nikon NEF)'.
 */
export function rawPicture(kind: string): Unusable {
  return new Unusable(
    'unsupported',
    `${kind}: the unfinished data of a camera’s sensor; develop it, save it as JPEG, PNG or TIFF and use that`,
  );
}

/** Raw pictures with magic bytes of their own; those that are TIFF files are recognised by their tags. */
const RAW_STARTS: readonly [RegExp, string][] = [
  [/^II\*\0[^]{4}CR/, 'Canon CR2'],
  [/^[^]{4}ftypcrx /, 'Canon CR3'],
  [/^II[^]{4}HEAPCCDR/, 'Canon CRW'],
  [/^(IIR[OS]|MMOR)/, 'Olympus ORF'],
  [/^IIU\0/, 'Panasonic RW2'],
  [/^FUJIFILMCCD-RAW/, 'Fujifilm RAF'],
  [/^\0MRM/, 'Minolta MRW'],
  [/^FOVb/, 'Sigma X3F'],
];

function rawCameraOf(text: string): string | undefined {
  const found = RAW_STARTS.find(([start]) => start.test(text));
  return found && `a camera raw picture (${found[1]})`;
}

const OTHER_STARTS: readonly [RegExp, string][] = [
  [/^8BPS/, 'a Photoshop document'],
  [/^(\xff\x0a|\0\0\0\x0cJXL )/, 'a JPEG XL picture'],
  [/^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/, 'a JPEG 2000 picture'],
  [/^v\/1\x01/, 'an OpenEXR picture'],
  [/^#\?(RADIANCE|RGBE)/, 'a Radiance HDR picture'],
  [/^qoif/, 'a QOI picture'],
  [/^%PDF-/, 'a PDF document'],
  [/^P[1-7][\s]/, 'a Netpbm picture'],
  [/^gimp xcf/, 'a GIMP document'],
  [/^\0\0\x01\0[^]\0/, 'a Windows icon'],
  [/^DDS /, 'a DDS texture'],
  [/^%!PS-Adobe|^\xc5\xd0\xd3\xc6/, 'a PostScript document'],
  [/^SIMPLE {2}=/, 'a FITS picture'],
];

function otherPicture(start: Buffer): string | undefined {
  const text = start.toString('latin1');
  if (/^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*(<!DOCTYPE svg[^]*)?<svg[\s>]/i.test(text))
    return 'an SVG drawing';
  return OTHER_STARTS.find(([magic]) => magic.test(text))?.[1];
}

function brands(start: Buffer): string[] {
  const end = Math.min(start.readUInt32BE(0), start.length);
  const found = [start.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(start.toString('latin1', at, at + 4));
  return found;
}
