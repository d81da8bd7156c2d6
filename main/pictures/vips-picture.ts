/** Decodes with libvips: JPEG at a fraction of its size, GIF, TIFF, and animated WebP. */
import type { Note } from '../contract/index.ts';
import { scaledSize, upright, type Rectangle } from './canvas.ts';
import { gifFrames } from './gif-blocks.ts';
import { shareOfZeros } from './header.ts';
import { hasJpegEnd } from './jpeg-blocks.ts';
import { checkSize, type Decoded, type PictureRequest } from './request.ts';
import { isUncompressed, refuseKinds, withoutExtras } from './tiff-kinds.ts';
import { readTiffDirectories } from './tiff-tags.ts';
import { toCanvas } from './vips-canvas.ts';
import { choosePage, type VipsFormat } from './vips-pages.ts';
import { forgetWarnings, numberIn, withVips, wordOf, type VipsImage, type Workbench } from './vips.ts';
import { checkZeros, refuseZerosForEnd } from './zeros.ts';

type Asked = {
  format: VipsFormat;
  request: PictureRequest;
  /** From what severity on libvips stops decoding. */
  failOn: 'warning' | 'error';
};
/**
 * What is needed to open a page, again and again, since a picture opened for sequential access can be read
 * only once.
 */
type Opened = Asked & { bench: Workbench; page: number };
/** Corrects what libvips decodes wrongly in a page. */
type Mend = (bench: Workbench, image: VipsImage, page: number) => VipsImage;

/** Decodes the file's picture, or one of several. Throws Unusable, and what libvips throws. */
export async function decodeByVips(format: VipsFormat, request: PictureRequest): Promise<Decoded> {
  if (format === 'JPEG') return decodeJpeg(request);
  return decode({ format, request, failOn: 'error' }, menderOf(format, request));
}

/** The correction that a file needs. Throws Unusable if its blocks or tags show that it cannot be used. */
function menderOf(format: VipsFormat, { bytes, onNote }: PictureRequest): Mend | undefined {
  if (format === 'GIF') {
    const frames = gifFrames(bytes);
    return (bench, image, page) => uncoveredIsTransparent(bench, image, frames.slice(0, page + 1));
  }
  if (format !== 'TIFF') return undefined;
  const directories = readTiffDirectories(bytes);
  refuseKinds(directories);
  if (isUncompressed(directories)) checkZeros({ share: shareOfZeros(bytes), means: 'perhaps-cut' }, onNote);
  return (bench, image) => withoutExtras(bench, image, directories);
}

/** Decodes a JPEG strictly, and once more leniently if a harmless warning stopped it. */
async function decodeJpeg(request: PictureRequest): Promise<Decoded> {
  if (!hasJpegEnd(request.bytes)) refuseZerosForEnd(request.bytes);
  const notes: Note[] = [];
  try {
    const decoded = await decode({
      format: 'JPEG',
      request: { ...request, onNote: (note) => notes.push(note) },
      failOn: 'warning',
    });
    notes.forEach(request.onNote);
    return decoded;
  } catch (error) {
    if (!isHarmless(wordOf(error), request.bytes.length)) throw error;
    return decode({ format: 'JPEG', request: { ...request, ask: async () => undefined }, failOn: 'error' });
  }
}

async function decode(asked: Asked, mend?: Mend): Promise<Decoded> {
  const { format, request } = asked;
  return withVips(async (bench) => {
    forgetWarnings(bench.vips);
    const page = await choosePage({ ...asked, bench, load: (one) => load({ ...asked, bench, page: one }) });
    const opened: Opened = { ...asked, bench, page };
    const stored = load(opened);
    const orientation = numberIn(stored, 'orientation') ?? 1;
    const original = upright(stored, orientation);
    const shrink = format === 'JPEG' ? jpegShrink(stored, request) : 1;
    const whole = load(opened, { access: 'sequential', ...(shrink > 1 ? { shrink } : {}) });
    const image = mend?.(bench, whole, page) ?? whole;
    const canvas = toCanvas({ bench, image, original: stored, orientation, request });
    return { canvas, original, bits: numberIn(stored, 'bits-per-sample') ?? 8 };
  });
}

const LOADERS = {
  JPEG: 'jpegloadBuffer',
  GIF: 'gifloadBuffer',
  TIFF: 'tiffloadBuffer',
  WebP: 'webploadBuffer',
} as const;

/** Opens a page by its header; pixels are decoded when they are needed. */
function load(
  { bench: { vips, keep }, format, page, request, failOn }: Opened,
  options: { access?: 'sequential'; shrink?: number } = {},
): VipsImage {
  const image = keep(
    vips.Image[LOADERS[format]](request.bytes, {
      ...options,
      fail_on: failOn,
      ...(format === 'JPEG' ? {} : { page }),
    }),
  );
  checkSize({ width: image.width * (options.shrink ?? 1), height: image.height * (options.shrink ?? 1) });
  return image;
}

/** How far shrinking may move a pixel, in pixels of the wanted size. */
const MOST_MOVED = 0.1;

/**
 * By how much a JPEG is shrunk while it is decoded: to a half, a quarter or an eighth, the smallest that is
 * at least twice the wanted size. A side that the factor does not divide is rounded up, which shifts the
 * pixels.
 */
function jpegShrink(stored: VipsImage, { options }: PictureRequest): 1 | 2 | 4 | 8 {
  const wanted = scaledSize(stored, options);
  return (
    ([8, 4, 2] as const).find((shrink) =>
      (['width', 'height'] as const).every(
        (side) =>
          stored[side] >= 2 * shrink * wanted[side] &&
          ((Math.ceil(stored[side] / shrink) * shrink) / stored[side] - 1) * wanted[side] <= MOST_MOVED,
      ),
    ) ?? 1
  );
}

/** Makes what no frame has covered transparent, which libvips paints black. */
function uncoveredIsTransparent({ vips, keep }: Workbench, image: VipsImage, frames: Rectangle[]): VipsImage {
  const covers = frames.some(
    ({ x, y, width, height }) => x === 0 && y === 0 && width >= image.width && height >= image.height,
  );
  if (image.hasAlpha() || covers) return image;
  const mask = new Uint8Array(image.width * image.height);
  for (const { x, y, width, height } of frames) {
    for (let row = y; row < Math.min(y + height, image.height); row++)
      mask.fill(255, row * image.width + x, row * image.width + Math.min(x + width, image.width));
  }
  const alpha = keep(vips.Image.newFromMemory(mask, image.width, image.height, 1, vips.BandFormat.uchar));
  return keep(image.bandjoin(alpha));
}

/**
 * Extra bytes in a JPEG are harmless up to this share of the file; with more, the picture must be in them.
 */
const MOST_LEFT_OVER = 0.02;

/**
 * Whether a warning is harmless. libjpeg paints what it cannot read grey and warns; libvips reports such a
 * warning only if it stops decoding.
 */
function isHarmless(said: string, size: number): boolean {
  if (!said.startsWith('VipsJpeg: ')) return false;
  const leftOver = /^VipsJpeg: Corrupt JPEG data: (\d+) extraneous bytes before marker/.exec(said)?.[1];
  return leftOver !== undefined
    ? Number(leftOver) <= size * MOST_LEFT_OVER
    : /^VipsJpeg: (Warning|Unknown|Invalid SOS parameters)/.test(said);
}
