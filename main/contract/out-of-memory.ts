/** Running out of memory: how to recognise it, and the failure that reports it. */
import type { Failure } from './failure.ts';
import { systemCode } from './system-errors.ts';

const CODES: readonly string[] = ['ENOMEM', 'ERR_MEMORY_ALLOCATION_FAILED', 'ERR_WORKER_OUT_OF_MEMORY'];
/**
 * What V8, Node, WebAssembly, C++, TensorFlow (whose status 8 is RESOURCE_EXHAUSTED) and oneDNN say.
 * Exceeding a fixed limit, such as the greatest length of a typed array, is something else.
 */
const WORDS =
  /array buffer allocation failed|could not allocate memory|heap out of memory|\bout of memory\b|bad_alloc|cannot allocate memory|\bOOM when allocating|resource_?\s?exhausted|invalid TF_Status: 8\b|could not create a memory object|memory allocation of \d+ bytes failed/i;

/** Whether these words, such as the last ones of a process, say that memory ran out. */
export function saysOutOfMemory(words: string): boolean {
  return WORDS.test(words);
}

/** Whether this error means that memory ran out. */
export function isOutOfMemory(error: unknown): boolean {
  if (CODES.includes(systemCode(error) ?? '')) return true;
  return error instanceof Error && saysOutOfMemory(error.message);
}

/** The failure for running out of memory. */
export function outOfMemory(remedy = 'Close other programs, then try again.'): Failure {
  return { code: 'out-of-memory', message: 'Memory ran out.', remedy };
}
