/**
 * Learning rates that fall over a run: a factor on them, a function of the step alone, so that a resumed run
 * goes on exactly.
 */
import type { Schedule } from '../contract/index.ts';

/**
 * The factor at this step (from 0): 1 up to step `from`, then over `over` steps down to `floor`, and there it
 * stays.
 *
 * linear: a straight line. cosine: half a wave, Loshchilov and Hutter 2017 (SGDR), equation 5 without
 * restarts.
 */
export function scheduleFactor({ kind, from, over, floor }: Schedule, step: number): number {
  const way = Math.min(1, Math.max(0, (step - from) / over));
  switch (kind) {
    case 'constant':
      return 1;
    case 'linear':
      return 1 - (1 - floor) * way;
    case 'cosine':
      return floor + ((1 - floor) * (1 + Math.cos(Math.PI * way))) / 2;
  }
}
