/** Decodes HEIC, the pictures of iPhones, with libheif, which turns them upright and joins their tiles. */
import type { Size } from './canvas.ts';
import { checkHeicZeros } from './heic-zeros.ts';
import { spaceOfCodes, type ColourSpace } from './header.ts';
import { withHeif, type HeifFile } from './libheif.ts';
import { checkSize, type Decoded, type PictureRequest } from './request.ts';
import { Unusable } from './unusable.ts';
import { toCanvas } from './vips-canvas.ts';
import { fromSamples, isBroken, withVips, type VipsImage, type Workbench } from './vips.ts';

/** Interleaved samples of `bits` bits in the file, as 8 or 16 bits. */
type Pixels = Size & {
  samples: Uint8Array | Uint16Array;
  channels: 3 | 4;
  bits: number;
  isGrey: boolean;
  isPremultiplied: boolean;
  space: ColourSpace | undefined;
};

/** Decodes the main picture of a file. Throws Unusable, and what libheif and libvips throw. */
export async function decodeHeic(request: PictureRequest): Promise<Decoded> {
  checkHeicZeros(request);
  const pixels = await withHeif(request.bytes, (file) => explained(file, () => decodeMain(file, request)));
  const { width, height, bits, space } = pixels;
  return withVips((bench) => {
    const image = toImage(bench, pixels);
    const canvas = toCanvas({ bench, image, original: pixels, orientation: 1, request, space });
    return { canvas, original: { width, height }, bits };
  });
}

async function decodeMain(file: HeifFile, { ask, onNote }: PictureRequest): Promise<Pixels> {
  const { heif, context } = file;
  const handle = mainPicture(file);
  const size = {
    width: heif._heif_image_handle_get_width(handle),
    height: heif._heif_image_handle_get_height(handle),
  };
  checkSize(size);
  await ask(size.width * size.height);
  const count = heif._heif_context_get_number_of_top_level_images(context);
  if (count > 1)
    onNote({ kind: 'one-of-several', detail: `A file of ${count} pictures; its main one is used.` });
  else if (heif._heif_context_has_sequence(context) !== 0)
    onNote({ kind: 'one-of-several', detail: 'An animation; its still picture is used.' });
  const bits = heif._heif_image_handle_get_luma_bits_per_pixel(handle);
  return {
    ...decodePixels(file, { handle, bits }),
    isGrey: isGrey(file, handle),
    isPremultiplied: heif._heif_image_handle_is_premultiplied_alpha(handle) !== 0,
    space: spaceOf(file, handle),
  };
}

/** A handle of the main picture. Throws Unusable (unsupported) for an animation without one. */
function mainPicture(file: HeifFile): number {
  const { heif, context, take, defer, check, word } = file;
  const at = take(4);
  try {
    check((error) => heif._heif_context_get_primary_image_handle(error, context, at));
  } catch (error) {
    if (heif._heif_context_has_sequence(context) === 0) throw error;
    throw new Unusable(
      'unsupported',
      'a HEIC animation without a still picture, which is not supported; save its pictures as JPEG or PNG',
    );
  }
  const handle = word(at);
  defer(() => heif._heif_image_handle_release(handle));
  return handle;
}

/** Values of libheif's enumerations. */
const RGB = 1;
const MONOCHROME = 2;
const INTERLEAVED_RGB = 10;
const INTERLEAVED_DEEP_RGB = 14;
const INTERLEAVED = 10;
/** Offset in libheif's decoding options of the flag that makes a missing or damaged tile an error. */
const STRICT_DECODING = 21;

function decodePixels(
  file: HeifFile,
  { handle, bits }: { handle: number; bits: number },
): Pick<Pixels, 'width' | 'height' | 'samples' | 'channels' | 'bits'> {
  const { heif, take, defer, check, word } = file;
  const hasAlpha = heif._heif_image_handle_has_alpha_channel(handle) !== 0;
  const chroma = (bits > 8 ? INTERLEAVED_DEEP_RGB : INTERLEAVED_RGB) + (hasAlpha ? 1 : 0);
  const options = heif._heif_decoding_options_alloc();
  defer(() => heif._heif_decoding_options_free(options));
  heif.HEAPU8[options + STRICT_DECODING] = 1;
  const at = take(4);
  check((error) => heif._heif_decode_image(error, handle, at, RGB, chroma, options));
  const image = word(at);
  defer(() => heif._heif_image_release(image));
  const stride = take(4);
  const plane = heif._heif_image_get_plane_readonly2(image, INTERLEAVED, stride);
  if (plane === 0) throw new Error('no pixels');
  const [width, height] = [
    heif._heif_image_get_width(image, INTERLEAVED),
    heif._heif_image_get_height(image, INTERLEAVED),
  ];
  const channels = hasAlpha ? 4 : 3;
  const rows = { plane, stride: word(stride), height, length: width * channels * (bits > 8 ? 2 : 1) };
  const bytes = withoutGaps(heif.HEAPU8, rows);
  return { width, height, channels, bits, samples: bits > 8 ? deepened(bytes, bits) : bytes };
}

/** Copies rows that lie `stride` bytes apart, without the gaps between them. */
function withoutGaps(
  memory: Uint8Array,
  { plane, stride, height, length }: { plane: number; stride: number; height: number; length: number },
): Uint8Array {
  const bytes = new Uint8Array(length * height);
  for (let row = 0; row < height; row++) {
    const from = plane + row * stride;
    bytes.set(memory.subarray(from, from + length), row * length);
  }
  return bytes;
}

/** Samples of `bits` bits as samples of 16. */
function deepened(bytes: Uint8Array, bits: number): Uint16Array {
  const samples = new Uint16Array(bytes.buffer);
  const scale = 65535 / (2 ** bits - 1);
  for (let at = 0; at < samples.length; at++) samples[at] = Math.round((samples[at] ?? 0) * scale);
  return samples;
}

function isGrey({ heif, take, check, word }: HeifFile, handle: number): boolean {
  const [space, chroma] = [take(4), take(4)];
  check((error) => heif._heif_image_handle_get_preferred_decoding_colorspace(error, handle, space, chroma));
  return word(space) === MONOCHROME;
}

/** Offsets of the codes in libheif's nclx profile. */
const PRIMARIES = 4;
const TRANSFER = 8;

/** The colour space; an ICC profile takes precedence over codes, as it is more precise. */
function spaceOf({ heif, take, check, word }: HeifFile, handle: number): ColourSpace | undefined {
  const size = heif._heif_image_handle_get_raw_color_profile_size(handle);
  if (size > 0) {
    const at = take(size);
    check((error) => heif._heif_image_handle_get_raw_color_profile(error, handle, at));
    return { kind: 'icc', bytes: Buffer.from(heif.HEAPU8.slice(at, at + size)) };
  }
  const found = take(4);
  try {
    check((error) => heif._heif_image_handle_get_nclx_color_profile(error, handle, found));
  } catch {
    return undefined; // the file names no colour space
  }
  const codes = word(found);
  const space = spaceOfCodes({ primaries: word(codes + PRIMARIES), transfer: word(codes + TRANSFER) });
  heif._heif_nclx_color_profile_free(codes);
  return space;
}

/** The picture for libvips: opaque, or with alpha that is not premultiplied. */
function toImage(bench: Workbench, { isGrey: grey, isPremultiplied, ...pixels }: Pixels): VipsImage {
  const { keep } = bench;
  const image = fromSamples(bench, pixels);
  const most = image.format === 'ushort' ? 65535 : 255;
  const apart = isPremultiplied
    ? keep(keep(keep(image.unpremultiply({ max_alpha: most })).rint()).cast(image.format))
    : image;
  if (!grey) return apart;
  const light = keep(apart.extractBand(0));
  const whole = image.bands === 4 ? keep(light.bandjoin(keep(apart.extractBand(3)))) : light;
  return keep(whole.copy({ interpretation: most === 255 ? 'b-w' : 'grey16' }));
}

/** Codecs other than HEVC in HEIF files, by the kind of their items. */
const OTHER_CODECS: Record<string, string> = {
  av01: 'AV1',
  avc1: 'H.264',
  vvc1: 'VVC',
  evc1: 'EVC',
  jpeg: 'JPEG',
  j2k1: 'JPEG 2000',
  unci: 'pixels as they are',
};

/** Calls `decode`; if libheif does not know the codec, throws an error that names it. */
async function explained<Result>(
  { heif, context, take }: HeifFile,
  decode: () => Promise<Result>,
): Promise<Result> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof Unusable || isBroken(error)) throw error;
    const count = heif._heif_context_get_number_of_items(context);
    const ids = take(4 * count);
    heif._heif_context_get_list_of_item_IDs(context, ids, count);
    const kinds = [...heif.HEAPU32.subarray(ids / 4, ids / 4 + count)].map((id) => {
      const code = Buffer.alloc(4);
      code.writeUInt32BE(heif._heif_item_get_item_type(context, id) >>> 0);
      return code.toString('latin1');
    });
    const name = kinds.map((kind) => OTHER_CODECS[kind]).find((codec) => codec !== undefined);
    if (name === undefined || kinds.includes('hvc1')) throw error;
    throw new Unusable(
      'unsupported',
      `a HEIF picture packed by ${name}, a kind that is not supported; save it as JPEG or PNG to use it`,
    );
  }
}
