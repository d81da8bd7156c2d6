/** Converts the colours of a picture with a profile of its own to sRGB, by Little CMS in libvips. */
import { createHash } from 'node:crypto';
import type { Note } from '../contract/index.ts';
import type { ColourSpace } from './header.ts';
import { wordOf, type VipsImage, type Workbench } from './vips.ts';

/**
 * The colour spaces that a profile's header may name, with the number of channels of pictures that they fit.
 */
const CHANNELS: Record<string, { channels: number; name: string }> = {
  'GRAY': { channels: 1, name: 'grey' },
  'RGB ': { channels: 3, name: 'RGB' },
  'CMYK': { channels: 4, name: 'CMYK' },
};
/** Differences from sRGB up to this one are rounding of the profile. */
const ROUNDING = 2;

/** What a profile does: the same as sRGB, something else, or nothing that can be used. */
type Effect = { kind: 'same' | 'other' } | { kind: 'broken'; why: string };

/** By the hash of the profile: most pictures of a folder share one. */
const effects = new Map<string, Effect>();

/**
 * The picture in sRGB with its alpha; the same image if there is nothing to convert. A profile that cannot be
 * used leaves the colours as they are, with a note. `image` has 8 or 16 bits. CMYK without a profile is left
 * to the caller.
 */
export function toStandardColours(
  bench: Workbench,
  image: VipsImage,
  {
    space,
    onNote,
  }: {
    space: ColourSpace | undefined;
    onNote: (note: Note) => void;
  },
): VipsImage {
  if (space === undefined) return image;
  if (space.kind === 'unknown')
    return asItIs(image, onNote, `Its colour space (${space.word}) is not supported`);
  const channels = image.bands - (image.hasAlpha() ? 1 : 0);
  if (space.kind === 'p3') return channels === 3 ? transform(bench, image, { input_profile: 'p3' }) : image;
  const fits = CHANNELS[space.bytes.toString('latin1', 16, 20)];
  if (fits === undefined) return asItIs(image, onNote, 'Its colour profile is damaged');
  // Many programs write grey pictures with an RGB profile.
  const picture = channels === 1 && fits.channels === 3 ? greyAsColour(bench, image) : image;
  if (fits.channels !== channels && picture === image)
    return asItIs(image, onNote, `Its colour profile is for ${fits.name} pictures`);
  const effect = effectOf(bench, space.bytes, fits.channels);
  if (effect.kind === 'broken')
    return asItIs(image, onNote, `Its colour profile cannot be used (${effect.why})`);
  if (effect.kind === 'same') return image;
  return withProfile(bench, picture, space.bytes);
}

function asItIs(image: VipsImage, onNote: (note: Note) => void, fact: string): VipsImage {
  onNote({ kind: 'profile', detail: `${fact}; the colours are taken as they are.` });
  return image;
}

/** What the profile does, remembered. */
function effectOf(bench: Workbench, bytes: Buffer, channels: number): Effect {
  const hash = createHash('sha256').update(bytes).update(String(channels)).digest('base64');
  const known = effects.get(hash);
  if (known) return known;
  const effect = tryOut(bench, bytes, channels);
  effects.set(hash, effect);
  return effect;
}

/** Tries the profile on a few colours. */
function tryOut(bench: Workbench, bytes: Buffer, channels: number): Effect {
  const levels = [0, 64, 128, 192, 255];
  const colours = Array.from({ length: levels.length ** channels }, (_, index) =>
    Array.from(
      { length: channels },
      (__, channel) => levels[Math.floor(index / levels.length ** channel) % levels.length] ?? 0,
    ),
  );
  try {
    const sample = bench.keep(
      bench.vips.Image.newFromMemory(
        Uint8Array.from(colours.flat()),
        colours.length,
        1,
        channels,
        bench.vips.BandFormat.uchar,
      ),
    );
    const colour = bench.keep(sample.copy({ interpretation: INTERPRETATIONS[channels]! }));
    if (isReplaced(bench, colour, bytes)) return { kind: 'broken', why: 'it makes no sense' };
    const seen = withProfile(bench, colour, bytes).writeToMemory();
    if (channels === 4) return { kind: 'other' };
    const perColour = seen.length / colours.length;
    const same = colours.every((colour, index) =>
      Array.from({ length: perColour }, (_, channel) =>
        Math.abs((seen[index * perColour + channel] ?? 0) - (colour[channel] ?? colour[0] ?? 0)),
      ).every((difference) => difference <= ROUNDING),
    );
    return { kind: same ? 'same' : 'other' };
  } catch (error) {
    return { kind: 'broken', why: wordOf(error).split('\n').at(-1) ?? '' };
  }
}

const INTERPRETATIONS: Record<number, 'b-w' | 'srgb' | 'cmyk'> = { 1: 'b-w', 3: 'srgb', 4: 'cmyk' };

/**
 * Whether libvips cannot read the profile: it silently replaces such a profile by one of its own, which shows
 * only in the profile that it leaves with the picture.
 */
function isReplaced({ keep }: Workbench, image: VipsImage, bytes: Buffer): boolean {
  const marked = keep(image.copy());
  marked.setBlob('icc-profile-data', bytes);
  const imported = keep(marked.iccImport({ embedded: true, intent: 'perceptual' }));
  return !bytes.equals(imported.getBlob('icc-profile-data'));
}

function withProfile(bench: Workbench, image: VipsImage, bytes: Buffer): VipsImage {
  const marked = bench.keep(image.copy());
  marked.setBlob('icc-profile-data', bytes);
  return transform(bench, marked, { embedded: true });
}

/** Converts to sRGB with the perceptual intent, which looks as the maker of the profile intended. */
function transform(
  { keep }: Workbench,
  image: VipsImage,
  source: { embedded: true } | { input_profile: string },
): VipsImage {
  const depth = image.format === 'ushort' ? 16 : 8;
  if (!image.hasAlpha()) return keep(image.iccTransform('srgb', { ...source, intent: 'perceptual', depth }));
  // Alpha is set aside, since libvips would scale that of 16-bit CMYK, too.
  const colours = keep(image.extractBand(0, { n: image.bands - 1 }));
  const light = keep(colours.iccTransform('srgb', { ...source, intent: 'perceptual', depth }));
  return keep(light.bandjoin(keep(image.extractBand(image.bands - 1))));
}

/** A grey picture as RGB, with its alpha if it has one. */
export function greyAsColour({ keep }: Workbench, image: VipsImage): VipsImage {
  const grey = keep(image.extractBand(0));
  const bands = image.bands === 2 ? [grey, grey, keep(image.extractBand(1))] : [grey, grey];
  return keep(
    keep(grey.bandjoin(bands)).copy({ interpretation: image.format === 'ushort' ? 'rgb16' : 'srgb' }),
  );
}
