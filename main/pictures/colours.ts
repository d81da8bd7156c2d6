/** Turns the colours of a picture with a profile of its own into sRGB, by Little CMS in libvips. */
import { createHash } from 'node:crypto';
import type { Note } from '../contract/index.ts';
import type { ColourSpace } from './header.ts';
import { wordOf, type VipsImage, type Workbench } from './vips.ts';

/** The colours that a profile's header names, by the channels of a picture that it fits. */
const CHANNELS: Record<string, { channels: number; name: string }> = {
  'GRAY': { channels: 1, name: 'grey' },
  'RGB ': { channels: 3, name: 'RGB' },
  'CMYK': { channels: 4, name: 'CMYK' },
};
/** Differences from sRGB up to here are the rounding of the profile, not its meaning. */
const ROUNDING = 2;

type Verdict = { kind: 'same' | 'other' } | { kind: 'broken'; why: string };

/** By the hash of the profile: the pictures of a folder mostly share one. */
const verdicts = new Map<string, Verdict>();

/**
 * The picture in sRGB, its alpha kept: the same image where nothing is to be done. A profile that cannot be
 * used leaves the colours as they are, with
 * a note. `image` has 8 or 16 bits; of CMYK only what a profile says is done here.
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
  // Grey that calls itself RGB is what many programs write.
  const picture = channels === 1 && fits.channels === 3 ? greyAsColour(bench, image) : image;
  if (fits.channels !== channels && picture === image)
    return asItIs(image, onNote, `Its colour profile is for ${fits.name} pictures`);
  const verdict = judge(bench, space.bytes, fits.channels);
  if (verdict.kind === 'broken')
    return asItIs(image, onNote, `Its colour profile cannot be used (${verdict.why})`);
  if (verdict.kind === 'same') return image;
  return withProfile(bench, picture, space.bytes);
}

function asItIs(image: VipsImage, onNote: (note: Note) => void, fact: string): VipsImage {
  onNote({ kind: 'profile', detail: `${fact}; the colours are taken as they are.` });
  return image;
}

/** Tries the profile on a few colours. */
function judge(bench: Workbench, bytes: Buffer, channels: number): Verdict {
  const hash = createHash('sha256').update(bytes).update(String(channels)).digest('base64');
  const known = verdicts.get(hash);
  if (known) return known;
  const verdict = tryOut(bench, bytes, channels);
  verdicts.set(hash, verdict);
  return verdict;
}

function tryOut(bench: Workbench, bytes: Buffer, channels: number): Verdict {
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
    const same = colours.every((colour, place) =>
      Array.from({ length: perColour }, (_, channel) =>
        Math.abs((seen[place * perColour + channel] ?? 0) - (colour[channel] ?? colour[0] ?? 0)),
      ).every((difference) => difference <= ROUNDING),
    );
    return { kind: same ? 'same' : 'other' };
  } catch (error) {
    return { kind: 'broken', why: wordOf(error).split('\n').at(-1) ?? '' };
  }
}

const INTERPRETATIONS: Record<number, 'b-w' | 'srgb' | 'cmyk'> = { 1: 'b-w', 3: 'srgb', 4: 'cmyk' };

/**
 * libvips replaces a profile that it cannot read by one of its own, and shows this only in what it leaves
 * with the picture.
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

/** The perceptual intent: what the maker of the profile wants its pictures to look like. */
function transform(
  { keep }: Workbench,
  image: VipsImage,
  source: { embedded: true } | { input_profile: string },
): VipsImage {
  const depth = image.format === 'ushort' ? 16 : 8;
  if (!image.hasAlpha()) return keep(image.iccTransform('srgb', { ...source, intent: 'perceptual', depth }));
  // libvips would scale the alpha of deep CMYK, too.
  const colours = keep(image.extractBand(0, { n: image.bands - 1 }));
  const light = keep(colours.iccTransform('srgb', { ...source, intent: 'perceptual', depth }));
  return keep(light.bandjoin(keep(image.extractBand(image.bands - 1))));
}

/** One grey channel three times, and the alpha where there is one. */
export function greyAsColour({ keep }: Workbench, image: VipsImage): VipsImage {
  const grey = keep(image.extractBand(0));
  const bands = image.bands === 2 ? [grey, grey, keep(image.extractBand(1))] : [grey, grey];
  return keep(
    keep(grey.bandjoin(bands)).copy({ interpretation: image.format === 'ushort' ? 'rgb16' : 'srgb' }),
  );
}
