/** From an open picture of any kind to a canvas: sRGB, opaque, 8 bits, upright and scaled. */
import type { Note } from '../contract/index.ts';
import { centredSquare, parseColour, scaledSize, type Canvas, type Colour, type Size } from './canvas.ts';
import { greyAsColour, toStandardColours } from './colours.ts';
import type { ColourSpace } from './header.ts';
import type { PictureRequest } from './request.ts';
import { Unusable } from './unusable.ts';
import type { VipsImage, Workbench } from './vips.ts';

/** Converts an open picture to a canvas. `original` is the size before a JPEG was shrunk. */
export function toCanvas({
  bench,
  image,
  original,
  orientation,
  request: { options, onNote },
  space = spaceOf(image),
}: {
  bench: Workbench;
  image: VipsImage;
  original: Size;
  orientation: number;
  request: PictureRequest;
  /** By default, that of the picture's own profile. */
  space?: ColourSpace | undefined;
}): Canvas {
  const { keep } = bench;
  const square = options.framing === 'crop' ? centredSquare(image) : undefined;
  const part = square ? keep(image.extractArea(square.x, square.y, square.width, square.height)) : image;
  const light = toLight(bench, part, { space, onNote });
  const opaque = light.hasAlpha() ? flatten(bench, light, parseColour(options.background)) : light;
  const wanted = scaledSize(square ? centredSquare(original) : original, options);
  const resized = keep(
    opaque.resize(wanted.width / opaque.width, { vscale: wanted.height / opaque.height, kernel: 'lanczos3' }),
  );
  const scaled = keep(resized.copyMemory()); // a picture opened for sequential access can be read only once
  if (isFloat(part) && !isFar(part)) checkRange(scaled);
  const bytes = scaled.format === 'uchar' ? scaled : keep(keep(scaled.rint()).cast('uchar'));
  const turned = orientation > 1 ? turn(bench, bytes, orientation) : bytes;
  const { width, height, bands } = turned;
  if (bands !== 1 && bands !== 3)
    throw new Unusable('unsupported', `a picture of ${image.bands} channels; save it as RGB to use it`);
  return { width, height, channels: bands, pixels: new Uint8Array(turned.writeToMemory()) };
}

const isFloat = ({ format }: VipsImage): boolean => format === 'float' || format === 'double';
/** Colour spaces other than RGB, CMYK and grey. */
const FAR_SPACES = ['lab', 'labs', 'labq', 'lch', 'xyz', 'yxy', 'hsv', 'cmc'];
/** Lab is converted by a profile, as its white point is that of profiles, not that of screens. */
const isLab = ({ interpretation }: VipsImage): boolean =>
  interpretation === 'lab' || interpretation === 'labs';
const isFar = ({ interpretation }: VipsImage): boolean => FAR_SPACES.includes(interpretation);

/**
 * Converts to sRGB or grey, with its alpha; values from 0 to 255, in floating point if it has more than 8
 * bits.
 */
function toLight(
  bench: Workbench,
  image: VipsImage,
  { space, onNote }: { space: ColourSpace | undefined; onNote: (note: Note) => void },
): VipsImage {
  const { keep } = bench;
  if (isLab(image))
    return deepToLight(
      bench,
      keep(image.iccExport({ output_profile: 'srgb', intent: 'perceptual', depth: 16 })),
    );
  if (isFar(image)) return keep(image.colourspace('srgb'));
  if (isFloat(image)) {
    if (space)
      onNote({ kind: 'profile', detail: 'Its colour profile is ignored, because its values are fractions.' });
    return alphaOf255(bench, keep(image.linear([255], [0])));
  }
  if (image.format !== 'uchar' && image.format !== 'ushort') {
    throw new Unusable(
      'unsupported',
      `a picture of ${image.format} samples; save it with 8 or 16 bits to use it`,
    );
  }
  const profiled = toStandardColours(bench, image, { space, onNote });
  const unmixed = profiled.interpretation === 'cmyk' ? inkToLight(bench, profiled) : profiled;
  return deepToLight(bench, unmixed);
}

function deepToLight(bench: Workbench, image: VipsImage): VipsImage {
  return image.format === 'ushort' ? alphaOf255(bench, bench.keep(image.linear([1 / 257], [0]))) : image;
}

/**
 * Marks the picture as one of 8 bits, since `hasAlpha` and the range of alpha depend on its interpretation.
 */
function alphaOf255({ keep }: Workbench, image: VipsImage): VipsImage {
  return keep(image.copy({ interpretation: image.bands < 3 ? 'b-w' : 'srgb' }));
}

function spaceOf(image: VipsImage): ColourSpace | undefined {
  if (image.getTypeof('icc-profile-data') === 0) return undefined;
  return { kind: 'icc', bytes: Buffer.from(image.getBlob('icc-profile-data')) };
}

/**
 * Converts CMYK without a profile, as browsers do: each colour is what its ink and the black leave of white.
 */
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

/** Throws Unusable (unsupported) if the values of a floating-point picture lie far outside [0, 1]. */
function checkRange(image: VipsImage): void {
  const [least, most] = [image.min() / 255, image.max() / 255];
  if (least >= -0.2 && most <= 1.2) return;
  const shown = [least, most].map((value) => Number(value.toPrecision(3)));
  throw new Unusable(
    'unsupported',
    `floating-point values from ${shown[0]} to ${shown[1]}, where light goes from 0 to 1; save it with 8 or 16 bits to use it`,
  );
}

function turn({ vips, keep }: Workbench, image: VipsImage, orientation: number): VipsImage {
  const bytes = image.writeToMemory();
  const marked = keep(
    keep(
      vips.Image.newFromMemory(bytes, image.width, image.height, image.bands, vips.BandFormat.uchar),
    ).copy(),
  );
  marked.setInt('orientation', orientation);
  return keep(marked.autorot());
}
