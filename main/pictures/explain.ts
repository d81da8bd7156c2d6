/**
 * Explains in plain words why a decoder failed: a kind that it does not know is unsupported, wrong data is
 * damaged.
 */
import { isOutOfMemory } from '../contract/index.ts';
import type { Format } from './kinds.ts';
import { Unusable } from './unusable.ts';
import { isBroken, wordOf } from './vips.ts';

const NO_DIRECTORY = /read TIFF directory/i;
const NOT_ENOUGH_MEMORY = /memory|limit|exceeds the maximum/i;
const NOT_KNOWN =
  /not supported|unsupported|not implemented|unimplemented|not configured|does not support|unknown (photometric|compression(?! method)|colou?r)|not a whole number of bytes|unsupported bit|samples per pixel|not \d+ bands|unknown image compression|image type \d+ for top-down|precision \d+/i;
/** Messages of libheif about damaged data, even if they also match one of the other patterns. */
const NOT_VALID = /^Invalid input:|Security limit exceeded: (?!Image size)/;
const CUT =
  /end of (file|jpeg|gif)|unexpected end|not enough|fill whole buffer|corrupt bitstream|premature end|ends before|truncated|read error|unable to parse|not in a known format/i;

/**
 * The reason to leave the file out. Throws errors that are not the picture's fault: a broken library, no
 * memory.
 */
export function explain(error: unknown, format: Format): Unusable {
  if (error instanceof Unusable) return error;
  if (isBroken(error) || isOutOfMemory(error)) throw error;
  const word = decodersWord(error);
  const says = word === '' ? '.' : ` (the decoder says: ${word}).`;
  if (NO_DIRECTORY.test(word))
    return new Unusable('damaged', 'The file is cut short or damaged: its list of pictures is missing.');
  const isValid = !NOT_VALID.test(word);
  if (isValid && NOT_ENOUGH_MEMORY.test(word))
    return new Unusable('too-large', `Its pixels take more memory than the ${format} decoder allows${says}`);
  if (isValid && NOT_KNOWN.test(word))
    return new Unusable(
      'unsupported',
      `a kind of ${format} that is not supported${says.slice(0, -1)}; save it as PNG to use it`,
    );
  if (CUT.test(word)) return new Unusable('damaged', `The file is cut short or damaged${says}`);
  return new Unusable('damaged', `The ${format} data is damaged${says}`);
}

/** The first line of the decoder's message, without the names of its functions. */
function decodersWord(error: unknown): string {
  const lines = wordOf(error)
    .split('\n')
    .map((line) =>
      line
        .replace(/^(Vips\w+|tiff2vips|\w+load_buffer|webp|VipsForeignLoad|\w+2vips): /, '')
        .replace(/^(Decode (avif )?image failed)?\s*(Format error decoding \w+:)?/i, '')
        .trim(),
    );
  return (lines.find((line) => line !== '') ?? '').replace(/\.$/, '');
}
