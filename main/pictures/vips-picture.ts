/** Decodes by libvips: JPEG at a fraction of its size, GIF, TIFF of any kind, animated WebP. */
import type { Note } from '../contract/index.ts';
import { centredSquare, parseColour, scaledSize, upright, type Canvas, type Colour, type Rectangle, type Size } from './canvas.ts';
import { greyAsColour, toStandardColours } from './colours.ts';
import { gifFrames } from './gif-blocks.ts';
import { shareOfZeros, type ColourSpace } from './header.ts';
import type { Format } from './kinds.ts';
import { checkSize, type Decoded, type PictureRequest } from './request.ts';
import { isUncompressed, refuseKinds, withoutExtras } from './tiff-kinds.ts';
import { readTiffDirectories } from './tiff-tags.ts';
import { Unusable } from './unusable.ts';
import { numberIn, takeWarnings, withVips, type VipsImage, type Workbench } from './vips.ts';
import { checkZeros } from './zeros.ts';

export type VipsFormat = Extract<Format, 'JPEG' | 'GIF' | 'TIFF' | 'WebP'>;

/** An open picture: which of several, and how to open it (again), as a picture that is read from its start to its end can be read once. */
type Opened = { bench: Workbench; format: VipsFormat; page: number; request: PictureRequest };

/** The picture of the file, or one of its pictures. Throws Unusable, and what libvips throws. */
export async function decodeByVips(format: VipsFormat, request: PictureRequest): Promise<Decoded> {
  const directories = format === 'TIFF' ? readTiffDirectories(request.bytes) : [];
  refuseKinds(directories);
  if (isUncompressed(directories)) checkZeros({ share: shareOfZeros(request.bytes), means: 'perhaps-cut' }, request.onNote);
  const frames = format === 'GIF' ? gifFrames(request.bytes) : [];
  return withVips(async (bench) => {
    takeWarnings(bench.vips);
    const page = await choosePage({ bench, format, page: 0, request });
    const opened: Opened = { bench, format, page, request };
    const stored = load(opened);
    const orientation = numberIn(stored, 'orientation') ?? 1;
    const original = upright(stored, orientation);
    const shrink = format === 'JPEG' ? jpegShrink(stored, request) : 1;
    const whole = load(opened, { access: 'sequential', ...(shrink > 1 ? { shrink } : {}) });
    const covered = frames.length > 0 ? uncoveredIsTransparent(bench, whole, frames.slice(0, page + 1)) : whole;
    const image = directories.length > 0 ? withoutExtras(bench, covered, directories) : covered;
    const canvas = toCanvas({ bench, image, original: stored, orientation, request });
    if (format === 'JPEG') checkWarnings(takeWarnings(bench.vips), request.bytes.length);
    return { canvas, original, bits: numberIn(stored, 'bits-per-sample') ?? 8 };
  });
}

const LOADERS = { JPEG: 'jpegloadBuffer', GIF: 'gifloadBuffer', TIFF: 'tiffloadBuffer', WebP: 'webploadBuffer' } as const;

/** Reads the header; pixels are decoded when they are asked for. */
function load({ bench: { vips, keep }, format, page, request }: Opened, options: { access?: 'sequential'; shrink?: number } = {}): VipsImage {
  const image = keep(vips.Image[LOADERS[format]](request.bytes, { ...options, fail_on: 'error', ...(format === 'JPEG' ? {} : { page }) }));
  checkSize({ width: image.width * (options.shrink ?? 1), height: image.height * (options.shrink ?? 1) });
  return image;
}

/** So many pictures of a file are looked at for one that is not empty. */
const MOST_LOOKED_AT = 50;

/**
 * The largest picture, as in a pyramid; of several of that size the first that is not empty. Answers its number in the file, from 0.
 */
async function choosePage(first: Opened): Promise<number> {
  const { bench, format, request: { ask, onNote } } = first;
  const image = load(first);
  const count = numberIn(image, 'n-pages') ?? 1;
  await ask(image.width * image.height);
  if (count === 1) return 0;
  const sizes = format === 'TIFF' ? pageSizes(first, count) : Array.from({ length: count }, () => 1);
  const largest = Math.max(...sizes);
  const candidates = sizes.flatMap((size, page) => (size === largest ? page : [])).slice(0, MOST_LOOKED_AT);
  if (largest > 1) await ask(largest);
  const page = fullest(candidates, (candidate) => contentOf(bench, load({ ...first, page: candidate })));
  onNote(severalNote({ count, page, format, skipped: page !== candidates[0], pyramid: candidates.length < Math.min(count, MOST_LOOKED_AT) }));
  return page;
}

/** Pixels of each page. */
function pageSizes(first: Opened, count: number): number[] {
  return Array.from({ length: Math.min(count, 1000) }, (_, page) => {
    const { vips } = first.bench;
    const image = vips.Image.tiffloadBuffer(first.request.bytes, { page });
    const size = image.width * image.height;
    image.delete();
    return size;
  });
}

function severalNote({ count, page, format, skipped, pyramid }: {
  count: number; page: number; format: VipsFormat; skipped: boolean; pyramid: boolean;
}): Note {
  const [whole, one] = format === 'TIFF' ? ['A file', 'page'] as const : ['An animation', 'picture'] as const;
  const why = skipped ? ', the first that is not empty' : pyramid ? ', the largest' : '';
  return { kind: 'one-of-several', detail: `${whole} of ${count} ${one}s; ${one} ${page + 1}${why} is used.` };
}

/** The first page with a picture; else the first of one colour; else the first. */
function fullest(pages: number[], look: (page: number) => Content): number {
  let best = { page: pages[0] ?? 0, content: 0 };
  for (const page of pages) {
    const content = look(page);
    if (content > best.content) best = { page, content };
    if (content === CONTENT.picture) break;
  }
  return best.page;
}

/** A page that is all transparent is emptier than one of a single colour. */
const CONTENT = { nothing: 0, oneColour: 1, picture: 2 } as const;
type Content = (typeof CONTENT)[keyof typeof CONTENT];

function contentOf({ keep }: Workbench, image: VipsImage): Content {
  const stats = keep(image.stats());
  const table = stats.writeToMemory(); // a row of [min, max, ...] for all channels, then one for each
  const channels = Array.from({ length: image.bands }, (_, band) => {
    const row = (band + 1) * stats.width;
    return { least: table[row]!, most: table[row + 1]! };
  });
  if (image.hasAlpha() && channels[channels.length - 1]?.most === 0) return CONTENT.nothing;
  return channels.every(({ least, most }) => least === most) ? CONTENT.oneColour : CONTENT.picture;
}

/** In pixels of the size that is wanted. */
const MOST_MOVED = 0.1;

/**
 * JPEG can be decoded at a half, a quarter or an eighth: the smallest that is at least twice the size that is wanted. A side that this does not
 * divide is rounded up, and all that lies before its end is moved with it.
 */
function jpegShrink(stored: VipsImage, { options }: PictureRequest): 1 | 2 | 4 | 8 {
  const wanted = scaledSize(stored, options);
  return ([8, 4, 2] as const).find((shrink) => (['width', 'height'] as const).every((side) => (
    stored[side] >= 2 * shrink * wanted[side] && (Math.ceil(stored[side] / shrink) * shrink / stored[side] - 1) * wanted[side] <= MOST_MOVED
  ))) ?? 1;
}

/** libvips paints what no frame has covered black. */
function uncoveredIsTransparent({ vips, keep }: Workbench, image: VipsImage, frames: Rectangle[]): VipsImage {
  const covers = frames.some(({ x, y, width, height }) => x === 0 && y === 0 && width >= image.width && height >= image.height);
  if (image.hasAlpha() || covers) return image;
  const mask = new Uint8Array(image.width * image.height);
  for (const { x, y, width, height } of frames) {
    for (let row = y; row < Math.min(y + height, image.height); row++) mask.fill(255, row * image.width + x, row * image.width + Math.min(x + width, image.width));
  }
  const alpha = keep(vips.Image.newFromMemory(mask, image.width, image.height, 1, vips.BandFormat.uchar));
  return keep(image.bandjoin(alpha));
}

/** To sRGB, opaque, 8 bits, upright and scaled. `original` is the size before a JPEG was shrunk. */
function toCanvas({ bench, image, original, orientation, request: { options, onNote } }: {
  bench: Workbench; image: VipsImage; original: Size; orientation: number; request: PictureRequest;
}): Canvas {
  const { keep } = bench;
  const square = options.framing === 'crop' ? centredSquare(image) : undefined;
  const part = square ? keep(image.extractArea(square.x, square.y, square.width, square.height)) : image;
  const light = toLight(bench, part, onNote);
  const opaque = light.hasAlpha() ? flatten(bench, light, parseColour(options.background)) : light;
  const wanted = scaledSize(square ? centredSquare(original) : original, options);
  const resized = keep(opaque.resize(wanted.width / opaque.width, { vscale: wanted.height / opaque.height, kernel: 'lanczos3' }));
  const scaled = keep(resized.copyMemory()); // what is read from start to end is read once
  if (isFloat(part) && !isFar(part)) checkRange(scaled);
  const bytes = scaled.format === 'uchar' ? scaled : keep(keep(scaled.rint()).cast('uchar'));
  const turned = orientation > 1 ? turn(bench, bytes, orientation) : bytes;
  const { width, height, bands } = turned;
  if (bands !== 1 && bands !== 3) throw new Unusable('unsupported', `a picture of ${image.bands} channels; save it as RGB to use it`);
  return { width, height, channels: bands, pixels: new Uint8Array(turned.writeToMemory()) };
}

const isFloat = ({ format }: VipsImage): boolean => format === 'float' || format === 'double';
/** Spaces whose numbers are not those of red, green, blue or grey. */
const FAR_SPACES = ['lab', 'labs', 'labq', 'lch', 'xyz', 'yxy', 'hsv', 'cmc'];
/** Its white is that of profiles, and not that of screens. */
const isLab = ({ interpretation }: VipsImage): boolean => ['lab', 'labs'].includes(String(interpretation));
const isFar = ({ interpretation }: VipsImage): boolean => FAR_SPACES.includes(interpretation);

/** In sRGB or grey, with the alpha that it has; from 0 to 255, floating-point where it has more than 8 bits. */
function toLight(bench: Workbench, image: VipsImage, onNote: (note: Note) => void): VipsImage {
  const { keep } = bench;
  if (isLab(image)) return deepToLight(bench, keep(image.iccExport({ output_profile: 'srgb', intent: 'perceptual', depth: 16 })));
  if (isFar(image)) return keep(image.colourspace('srgb'));
  if (isFloat(image)) return alphaOf255(bench, keep(image.linear([255], [0])));
  if (image.format !== 'uchar' && image.format !== 'ushort') {
    throw new Unusable('unsupported', `a picture of ${image.format} samples; save it with 8 or 16 bits to use it`);
  }
  const profiled = toStandardColours(bench, image, { space: spaceOf(image), onNote });
  const unmixed = profiled.interpretation === 'cmyk' ? inkToLight(bench, profiled) : profiled;
  return deepToLight(bench, unmixed);
}

function deepToLight(bench: Workbench, image: VipsImage): VipsImage {
  return image.format === 'ushort' ? alphaOf255(bench, bench.keep(image.linear([1 / 257], [0]))) : image;
}

/** `hasAlpha` goes by the kind of picture, which is to say that full is 255. */
function alphaOf255({ keep }: Workbench, image: VipsImage): VipsImage {
  return keep(image.copy({ interpretation: image.bands < 3 ? 'b-w' : 'srgb' }));
}

function spaceOf(image: VipsImage): ColourSpace | undefined {
  if (image.getTypeof('icc-profile-data') === 0) return undefined;
  return { kind: 'icc', bytes: Buffer.from(image.getBlob('icc-profile-data')) };
}

/** Ink becomes light without a profile as in browsers: each colour is what its ink and the black leave of white. */
function inkToLight({ keep }: Workbench, image: VipsImage): VipsImage {
  const full = image.format === 'ushort' ? 65535 : 255;
  const left = keep(keep(image.extractBand(0, { n: 4 })).linear([-1], [full]));
  const light = keep(keep(left.extractBand(0, { n: 3 })).multiply(keep(left.extractBand(3))));
  const bytes = keep(light.linear([255 / full / full], [0]));
  const alpha = image.bands > 4 ? keep(keep(image.extractBand(4)).linear([255 / full], [0])) : undefined;
  return keep((alpha ? keep(bytes.bandjoin(alpha)) : bytes).copy({ interpretation: 'srgb' }));
}

function flatten(bench: Workbench, image: VipsImage, [red, green, blue]: Colour): VipsImage {
  const colour = image.bands === 2 ? greyAsColour(bench, image) : image;
  return bench.keep(colour.flatten({ background: [red, green, blue], max_alpha: 255 }));
}

/** Floating-point pictures are taken as light from 0 to 1. */
function checkRange(image: VipsImage): void {
  const [least, most] = [image.min() / 255, image.max() / 255];
  if (least >= -0.2 && most <= 1.2) return;
  const shown = [least, most].map((value) => Number(value.toPrecision(3)));
  throw new Unusable('unsupported', `floating-point values from ${shown[0]} to ${shown[1]}, where light goes from 0 to 1; save it with 8 or 16 bits to use it`);
}

function turn({ vips, keep }: Workbench, image: VipsImage, orientation: number): VipsImage {
  const bytes = image.writeToMemory();
  const marked = keep(keep(vips.Image.newFromMemory(bytes, image.width, image.height, image.bands, vips.BandFormat.uchar)).copy());
  marked.setInt('orientation', orientation);
  return keep(marked.autorot());
}

/** Bytes that are left over at a JPEG's end do no harm, unless they are so many that the picture must be in them. */
const MOST_LEFT_OVER = 0.02;

/** libjpeg paints what it cannot read grey, and says so. Throws Unusable (damaged) with its word. */
function checkWarnings(said: string, size: number): void {
  for (const line of new Set(said.split('\n'))) {
    if (!/premature end|corrupt|bad huffman|inconsistent progression/i.test(line)) continue;
    const leftOver = Number(/(\d+) extraneous bytes before marker 0xd9/.exec(line)?.[1] ?? Infinity);
    if (leftOver > size * MOST_LEFT_OVER) throw new Error(line);
  }
}
