/** Tells the process that trains how many threads it may use. */

/**
 * The environment that gives TensorFlow this many threads, both within an operation and for parallel
 * operations; 0 leaves the number to TensorFlow, which takes one per core. It is read once, when the process
 * loads TensorFlow.
 */
export function threadsEnvironment(threads: number): Record<string, string> {
  if (threads === 0) return {};
  return { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads) };
}
