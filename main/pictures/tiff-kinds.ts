/** What the tags of a TIFF say: whether its kind is supported, and which of its channels are colours. */
import { rawPicture } from './kinds.ts';
import { TAG, textOf, type TiffTags } from './tiff-tags.ts';
import { Unusable } from './unusable.ts';
import type { VipsImage, Workbench } from './vips.ts';

const WHITE_IS_0 = 0;
const PALETTE = 3;
const YCBCR = 6;
const CIELAB = 8;
const ICCLAB = 9;
const ITULAB = 10;
const CFA = 32803;
const LINEAR_RAW = 34892;
const UNCOMPRESSED = 1;
const JPEG = 7;
const OTHER_INKS = 2;
const FLOAT = 3;
const SEPARATE_PLANES = 2;
/** Raw formats that are TIFF files, by the maker's name. */
const RAW_NAMES: readonly [RegExp, string][] = [
  [/nikon/i, 'Nikon NEF'],
  [/sony/i, 'Sony ARW'],
  [/pentax|ricoh/i, 'Pentax PEF'],
  [/samsung/i, 'Samsung SRW'],
  [/hasselblad/i, 'Hasselblad 3FR'],
  [/phase one|leaf/i, 'Phase One IIQ'],
  [/kodak/i, 'Kodak DCR'],
  [/epson/i, 'Epson ERF'],
];
/** Compressions that this build of libtiff does not have. */
const OTHER_PACKING: Record<number, string> = {
  34661: 'JBIG',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'JPEG with loss as in DNG',
  34925: 'LZMA',
  34933: 'PNG',
  34934: 'JPEG XR',
  50000: 'Zstandard',
  50002: 'JPEG XL',
};

/** Throws Unusable (unsupported) for a raw file, and for a kind that libvips refuses or decodes wrongly. */
export function refuseKinds(directories: TiffTags[]): void {
  refuseRaw(directories);
  const kind = unreadKind(largest(directories));
  if (kind === undefined) return;
  throw new Unusable('unsupported', `a TIFF ${kind}, a kind that is not supported; save it as PNG to use it`);
}

/** Refuses raw files of cameras, whose thumbnail would be taken for the picture. */
function refuseRaw(directories: TiffTags[]): void {
  const isRaw = directories.some((tags) => [CFA, LINEAR_RAW].includes(first(tags, TAG.photometric) ?? -1));
  const isDng = directories.some((tags) => tags.has(TAG.dngVersion));
  if (!isRaw && !isDng) return;
  const make = directories.map((tags) => textOf(tags.get(TAG.make))).find((name) => name !== '') ?? '';
  const name = isDng ? 'DNG' : RAW_NAMES.find(([maker]) => maker.test(make))?.[1];
  throw rawPicture(`a camera raw picture${name ? ` (${name})` : ''}`);
}

/** The unsupported kind in words; undefined for a kind that can be read. */
function unreadKind(tags: TiffTags): string | undefined {
  const packing = OTHER_PACKING[first(tags, TAG.compression) ?? UNCOMPRESSED];
  if (packing !== undefined) return `packed by ${packing}`;
  const [bits, channels] = [first(tags, TAG.bits) ?? 1, first(tags, TAG.channels) ?? 1];
  if (![1, 2, 4, 8, 16, 32].includes(bits)) return `of ${bits} bits a sample`;
  if (bits < 8 && channels > 1) return `of ${channels} channels of ${bits} bits`;
  const apart = first(tags, TAG.planar) === SEPARATE_PLANES && channels > 1;
  if (apart && tags.has(TAG.tileWidth)) return 'in tiles of one channel each';
  if (apart && coloursOf(tags) === 1) return 'of grey and other channels that lie apart';
  return unreadColours(tags, bits);
}

function unreadColours(tags: TiffTags, bits: number): string | undefined {
  const photometric = first(tags, TAG.photometric);
  if (photometric === CIELAB && bits === 8) return 'of Lab colours with 8 bits';
  if (photometric === CIELAB && hasAlpha(tags)) return 'of Lab colours with alpha';
  if (photometric === ICCLAB || photometric === ITULAB) return 'of Lab colours as ICC or ITU write them';
  const isFloat = first(tags, TAG.sampleFormat) === FLOAT;
  if (photometric === WHITE_IS_0 && isFloat) return 'of fractions where white is 0';
  if (first(tags, TAG.inkSet) === OTHER_INKS) return 'of inks other than CMYK';
  // If chroma is not subsampled, libvips takes luma and chroma for red, green and blue.
  const fine = tags.get(TAG.chromaSteps)?.every((step) => step === 1) ?? false;
  const isBare = photometric === YCBCR && fine && first(tags, TAG.compression) !== JPEG;
  return isBare ? 'of luma and chroma, not packed by JPEG' : undefined;
}

/**
 * Number of colour channels by the photometric tag: white is 0, black is 0, RGB, palette, CMYK; others have
 * three.
 */
const COLOURS: Record<number, number> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4 };
const UNSPECIFIED = 0;

function coloursOf(tags: TiffTags): number {
  return COLOURS[first(tags, TAG.photometric) ?? -1] ?? 3;
}

/**
 * Whether it has alpha; as in other readers, an extra channel is alpha unless it is marked as unspecified.
 */
function hasAlpha(tags: TiffTags): boolean {
  return first(tags, TAG.extras) !== UNSPECIFIED && (first(tags, TAG.channels) ?? 1) > coloursOf(tags);
}

/** The picture without channels that are neither colour nor alpha, such as stored selections. */
export function withoutExtras({ keep }: Workbench, image: VipsImage, directories: TiffTags[]): VipsImage {
  const tags = directories.find(
    (each) => first(each, TAG.width) === image.width && first(each, TAG.height) === image.height,
  );
  if (tags === undefined) return image;
  const colours = first(tags, TAG.photometric) === PALETTE ? 3 : coloursOf(tags);
  const wanted = colours + (hasAlpha(tags) ? 1 : 0);
  return image.bands > wanted ? keep(image.extractBand(0, { n: wanted })) : image;
}

/** Whether its largest picture is uncompressed. */
export function isUncompressed(directories: TiffTags[]): boolean {
  return first(largest(directories), TAG.compression) === UNCOMPRESSED;
}

function largest(directories: TiffTags[]): TiffTags {
  const size = (tags: TiffTags) => (first(tags, TAG.width) ?? 0) * (first(tags, TAG.height) ?? 0);
  const none: TiffTags = new Map();
  return directories.reduce((best, tags) => (size(tags) > size(best) ? tags : best), directories[0] ?? none);
}

function first(tags: TiffTags, tag: number): number | undefined {
  return tags.get(tag)?.[0];
}
