/** How the process that trains learns how many threads it may use. */

/**
 * The environment that gives TensorFlow this many threads, within an operation and for operations beside each other;
 * 0 leaves it to TensorFlow, which takes one a core. It is read once, when the process loads TensorFlow.
 */
export function threadsEnvironment(threads: number): Record<string, string> {
  if (threads === 0) return {};
  return { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads) };
}
