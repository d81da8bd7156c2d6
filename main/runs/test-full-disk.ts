/** A disk that is full for as long as a test wants: the real one, whose writes are refused. */
import { onTestFinished, vi } from 'vitest';
import { realDisk } from './disk.ts';

/** Whoever writes gets the system's error from `fill` on, until `free`, or the end of the test. */
export function fullDisk(): { fill(code?: string): void; free(): void } {
  const write = realDisk.write.bind(realDisk);
  let refusal: string | undefined;
  const spy = vi.spyOn(realDisk, 'write').mockImplementation((descriptor, bytes) => {
    if (refusal === undefined) return write(descriptor, bytes);
    throw Object.assign(new Error(`${refusal}: the test’s disk is full`), { code: refusal });
  });
  onTestFinished(() => spy.mockRestore());
  return {
    fill(code = 'ENOSPC') {
      refusal = code;
    },
    free() {
      refusal = undefined;
    },
  };
}
