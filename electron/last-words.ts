/**
 * Says why a process ended unexpectedly, from what it wrote last, its exit code and the memory that it held.
 */
import { saysOutOfMemory, type Failure } from '#main/contract/index.ts';

/** What is known of a process at its end. */
export type LastWords = {
  /** The exit code, or the number of the signal. */
  code: number;
  /** The failure that it reported before it ended. */
  failure?: Failure | undefined;
  /** The last lines that it wrote to standard error, V8's own included, and the location where V8 gave up. */
  written?: readonly string[];
  /** The most bytes that it was seen to hold; undefined if it was not measured. */
  held?: number | undefined;
  /** The bytes of memory that this machine has. */
  all?: number;
};

const GIGABYTE = 1e9;
/** SIGKILL, as Electron and as a shell report it; nothing says who sent it. */
const KILLED: readonly number[] = [9, 137];
/** Chromium's exit code on Windows when memory runs out: 0xE0000008, unsigned and signed. */
const OUT_OF_MEMORY: readonly number[] = [0xe0000008, 0xe0000008 | 0];
/** A process that holds at least this share of the memory is one of the first that the system ends. */
const LARGE_SHARE = 0.5;

export type Ending = {
  /**
   * Whether memory ran out. certain: the process said so. likely: it held much of the memory. possible:
   * nothing is known. no: it said something else.
   */
  memory: 'certain' | 'likely' | 'possible' | 'no';
  /** The end of the sentence that begins with the name of the process. */
  words: string;
};

/** Judges by the most certain evidence that there is. */
export function whyEnded({ code, failure, written = [], held, all = Infinity }: LastWords): Ending {
  if (
    failure?.code === 'out-of-memory' ||
    OUT_OF_MEMORY.includes(code) ||
    [failure?.message ?? '', ...written].some(saysOutOfMemory)
  )
    return { memory: 'certain', words: 'ended unexpectedly: memory ran out.' };
  if (failure) return { memory: 'no', words: `ended unexpectedly: ${failure.message}` };
  const share = held === undefined ? 0 : held / all;
  const seen =
    held === undefined || share === 0
      ? ''
      : ` It held up to ${gigabytes(held)} of this computer’s ${gigabytes(all)} of memory.`;
  const how = KILLED.includes(code)
    ? 'the system or another program ended it (SIGKILL)'
    : `exit code ${code}`;
  if (share >= LARGE_SHARE)
    return { memory: 'likely', words: `ended unexpectedly, most likely because memory ran out.${seen}` };
  // Processes that ran out of memory were seen to end by SIGABRT, SIGTRAP, SIGSEGV and with code 0, seldom
  // saying why.
  const why = KILLED.includes(code) ? `: ${how}.` : ` (${how}). Memory may have run out.`;
  return { memory: 'possible', words: `ended unexpectedly${why}${seen}` };
}

const gigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GB`;
