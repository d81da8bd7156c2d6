/** The numbers of threads to choose from. */

type Item = { value: string; label: string };
/** Up to here each number can be chosen; beyond, only powers of two. */
const EACH = 16;

/**
 * Items for 0, which stands for all cores, then for smaller numbers, the largest first; also for `threads` if
 * it is none of these.
 */
export function threadItems({ cores, threads }: { cores: number; threads: number }): Item[] {
  const fewer = Array.from({ length: Math.max(0, cores - 1) }, (_, index) => index + 1).filter(
    (count) => count <= EACH || Number.isInteger(Math.log2(count)),
  );
  const counts = [...new Set(threads > 0 ? [...fewer, threads] : fewer)].sort((a, b) => b - a);
  return [
    { value: '0', label: cores === 1 ? 'All: 1 core' : `All ${cores} cores` },
    ...counts.map((count) => ({ value: String(count), label: count === 1 ? '1 core' : `${count} cores` })),
  ];
}
