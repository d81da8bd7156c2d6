/** Has the files of a scan decoded, several at once, and hands their pixels over in the scan's order. */
import { z } from 'zod';
import { leftOutReasonSchema, noteSchema, type DatasetOptions } from '../contract/index.ts';
import type { Decoders } from '../decoding/index.ts';
import { NoRegularFile, withRegularFile } from '../regular-file.ts';
import { throwIfCancelled } from './cancelled.ts';
import { hashOf, shortened } from './content.ts';
import { inOrder } from './in-order.ts';
import type { FoundFile } from './found.ts';

const preparedSchema = z.object({
  /** Of the prepared pixels. */
  hash: z.string(),
  /** Of the picture's file. */
  file: z.string(),
  /** Width and height in the file, upright. */
  original: z.tuple([z.number(), z.number()]),
  format: z.string(),
  notes: z.array(noteSchema),
});
/** The outcome of a file: a picture, whose pixels were handed over, or the reason why there is none. */
export const outcomeSchema = z.union([
  preparedSchema,
  z.object({ reason: leftOutReasonSchema, detail: z.string() }),
]);
export type PreparedFile = z.infer<typeof preparedSchema>;
export type Outcome = z.infer<typeof outcomeSchema>;

/** What the cache knows about a file; `pixels` if it is a picture. */
export type CachedOutcome = { outcome: Outcome; pixels?: Uint8Array };

/**
 * Pictures begun and not yet handed over, per decoder, so that a slow picture does not hold up the others.
 */
const AHEAD = 4;

export function isPicture(outcome: Outcome): outcome is PreparedFile {
  return 'hash' in outcome;
}

/**
 * Prepares every file except those that are known, and returns the outcome of each. Throws StudioError
 * cancelled or decoder-broken, and what `write` throws.
 */
export async function prepareImages({
  files,
  options,
  decoders,
  knownOf = () => undefined,
  write,
  signal,
  onProgress,
}: {
  files: readonly FoundFile[];
  options: DatasetOptions;
  decoders: Decoders;
  knownOf?: ((file: FoundFile) => CachedOutcome | undefined) | undefined;
  /** Takes the next image, [size, size, channels] bytes. */
  write: (pixels: Uint8Array) => Promise<void>;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}): Promise<Outcome[]> {
  const work = async (file: FoundFile): Promise<CachedOutcome> => {
    throwIfCancelled(signal);
    const known = knownOf(file);
    if (known) return known;
    const answer = await decoders.prepare({ ...file.place, options, signal });
    if ('reason' in answer) return { outcome: answer };
    const { pixels, sha256, original, format, notes } = answer;
    const { width, height } = original;
    const facts = { hash: hashOf(pixels), file: shortened(sha256), format, notes };
    return { pixels, outcome: { ...facts, original: [width, height] } };
  };
  const outcomes: Outcome[] = [];
  for await (const { outcome, pixels } of inOrder(files, { inFlight: AHEAD * decoders.count, work })) {
    throwIfCancelled(signal);
    if (pixels) await write(pixels);
    outcomes.push(outcome);
    onProgress?.({ done: outcomes.length, total: files.length });
  }
  throwIfCancelled(signal);
  return outcomes;
}

/**
 * Whether a file that was left out as unreadable can be read now. The file's times do not tell: permission
 * may have been given, or a disk repaired. Tries only those files.
 */
export async function canBeReadNow(files: readonly FoundFile[], outcomes: Outcome[]): Promise<boolean> {
  for (const [index, { place }] of files.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined || isPicture(outcome) || outcome.reason !== 'unreadable') continue;
    if (!(await isUnreadable(place.path))) return true;
  }
  return false;
}

async function isUnreadable(path: Buffer): Promise<boolean> {
  try {
    await withRegularFile(path, async (handle) => handle.read({ buffer: Buffer.alloc(1), position: 0 }));
    return false;
  } catch (error) {
    return !(error instanceof NoRegularFile);
  }
}
