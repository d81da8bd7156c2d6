/** Reads the directories of a TIFF block: a TIFF or BigTIFF file, or the body of an EXIF record. */

/** Tags by number, with up to MOST_VALUES values each: numbers, or the bytes of a text. */
export type TiffTags = Map<number, number[]>;

export const TAG = {
  subfileType: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  make: 271,
  stripOffsets: 273,
  orientation: 274,
  channels: 277,
  planar: 284,
  tileWidth: 322,
  subDirectories: 330,
  inkSet: 332,
  extras: 338,
  sampleFormat: 339,
  chromaSteps: 530,
  dngVersion: 50706,
} as const;

/** Bytes of a value, by the number of its type. */
const SIZES: Record<number, 1 | 2 | 4 | 8> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
/** The most values of a tag that are read: enough for a maker's name and for subdirectories. */
const MOST_VALUES = 64;
/**
 * The most directories, and the most tags in one, that are read, so that loops and false counts cost no time.
 */
const MOST_DIRECTORIES = 64;
const MOST_TAGS = 1000;

/**
 * The directories of a block that starts with its byte order, including subdirectories. Stops where the block
 * is cut short or makes no sense.
 */
export function readTiffDirectories(block: Buffer): TiffTags[] {
  const read = reader(block);
  const found: TiffTags[] = [];
  const seen = new Set<number>();
  const waiting = [read.big ? read.number(8, 8) : read.number(4, 4)];
  for (let at = waiting.shift(); at !== undefined && found.length < MOST_DIRECTORIES; at = waiting.shift()) {
    if (at === 0 || seen.has(at)) continue;
    seen.add(at);
    try {
      const { tags, next } = readDirectory(read, at);
      found.push(tags);
      waiting.push(next, ...(tags.get(TAG.subDirectories) ?? []));
    } catch {
      break;
    }
  }
  return found;
}

type Reader = { big: boolean; number(at: number, size: 1 | 2 | 4 | 8): number };

function reader(block: Buffer): Reader {
  const little = block.toString('latin1', 0, 2) === 'II';
  const number = (at: number, size: 1 | 2 | 4 | 8): number => {
    if (size === 8) return Number(little ? block.readBigUInt64LE(at) : block.readBigUInt64BE(at));
    return little ? block.readUIntLE(at, size) : block.readUIntBE(at, size);
  };
  return { big: number(2, 2) === 43, number };
}

function readDirectory({ big, number }: Reader, directory: number): { tags: TiffTags; next: number } {
  const [countSize, entrySize, offsetSize] = big ? ([8, 20, 8] as const) : ([2, 12, 4] as const);
  const entries = number(directory, countSize);
  if (entries > MOST_TAGS) throw new RangeError(`${entries} tags`);
  const tags: TiffTags = new Map();
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + countSize + entry * entrySize;
    const size = SIZES[number(at + 2, 2)];
    if (size === undefined) continue;
    const count = number(at + 4, offsetSize);
    const inline = count * size <= offsetSize;
    const start = inline ? at + 4 + offsetSize : number(at + 4 + offsetSize, offsetSize);
    const values = orNothing(() =>
      Array.from({ length: Math.min(count, MOST_VALUES) }, (_, index) => number(start + index * size, size)),
    );
    if (values) tags.set(number(at, 2), values);
  }
  return {
    tags,
    next: orNothing(() => number(directory + countSize + entries * entrySize, offsetSize)) ?? 0,
  };
}

/** What `read` returns; undefined if the block ends too early. */
function orNothing<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The text in a tag's values, up to a zero byte. */
export function textOf(values: number[] | undefined): string {
  return String.fromCharCode(...(values ?? []))
    .replace(/\0.*$/s, '')
    .trim();
}

/** The EXIF orientation in such a block; 1 (upright) if it is missing or invalid, since EXIF often is. */
export function readOrientation(block: Buffer): number {
  try {
    const orientation = readTiffDirectories(block)[0]?.get(TAG.orientation)?.[0] ?? 1;
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  } catch {
    return 1;
  }
}
