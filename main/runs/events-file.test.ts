/** The log of a run is written every few seconds, even if the system’s clock is set. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventsFile } from './events-file.ts';
import { realDisk } from './disk.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('losses are written in time when the clock was set back or forward by an hour', () => {
  for (const change of [-3_600_000, 3_600_000]) {
    const write = vi.fn();
    const disk = { ...realDisk, open: () => 0, close: () => undefined, exists: () => false, write };
    const events = new EventsFile('/run', disk);
    const add = (step: number) =>
      events.add({ type: 'losses', step, losses: { discriminator: 1, generator: 1 } });
    add(1);
    vi.setSystemTime(Date.now() + change);
    add(2);
    expect(write).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    add(3);
    expect(write).toHaveBeenCalledTimes(1);
  }
});
