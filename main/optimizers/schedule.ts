/**
 * Learning-rate schedules: a factor on the rates that depends on the step alone, so that a resumed run
 * continues exactly.
 */
import type { Schedule } from '../contract/index.ts';

/**
 * The factor at this step (from 0): 1 up to step `from`, then falling over `over` steps to `floor`, where it
 * stays.
 *
 * linear: a straight line. cosine: half a wave, Loshchilov and Hutter 2017 (SGDR), equation 5 without
 * restarts.
 */
export function scheduleFactor({ kind, from, over, floor }: Schedule, step: number): number {
  const progress = Math.min(1, Math.max(0, (step - from) / over));
  switch (kind) {
    case 'constant':
      return 1;
    case 'linear':
      return 1 - (1 - floor) * progress;
    case 'cosine':
      return floor + ((1 - floor) * (1 + Math.cos(Math.PI * progress))) / 2;
  }
}
