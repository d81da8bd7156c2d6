/** Says why a process that nobody ended has ended: what it said last, how it ended, and what memory it held. */
import { saysOutOfMemory, type Failure } from '#main/contract/index.ts';

/** What is known of a process at its end. */
export type LastWords = {
  /** The exit code, or the number of the signal. */
  code: number;
  /** The failure that it told, as it broke down. */
  failure?: Failure | undefined;
  /** What it wrote to standard error, V8's own last words among it, or where V8 says it gave up. */
  written?: readonly string[];
  /** The most bytes that it was seen to hold; undefined if nobody measured. */
  held?: number | undefined;
  /** Bytes of memory that this machine has. */
  all?: number;
};

const GIGABYTE = 1e9;
/** SIGKILL, as Electron and as a shell report it; nothing says who sent it. */
const KILLED: readonly number[] = [9, 137];
/** What Chromium ends with on Windows where memory runs out: 0xE0000008, with and without a sign. */
const OUT_OF_MEMORY: readonly number[] = [0xe0000008, 0xe0000008 | 0];
/** Holding so much of the memory, a process is one that the system ends first. */
const LARGE_SHARE = 0.5;

export type Ending = {
  /** certain: it said so. likely: it held much of the memory. possible: nothing tells. no: it said something else. */
  memory: 'certain' | 'likely' | 'possible' | 'no';
  /** The end of the sentence that begins with the name of the process. */
  words: string;
};

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
  // Without memory, a process was seen to end by SIGABRT, SIGTRAP and SIGSEGV, and with 0, and seldom says why.
  const why = KILLED.includes(code) ? `: ${how}.` : ` (${how}). Memory may have run out.`;
  return { memory: 'possible', words: `ended unexpectedly${why}${seen}` };
}

const gigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GB`;
