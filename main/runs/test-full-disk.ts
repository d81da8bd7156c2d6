/** The real disk, whose writes a test can have refused as if it were full. */
import { onTestFinished, vi } from 'vitest';
import { realDisk } from './disk.ts';

/** Every write throws the system's error `code` from `fill` until `free`, or the end of the test. */
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
