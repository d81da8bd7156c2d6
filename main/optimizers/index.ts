/**
 * The catalogue of optimisers, which say how a gradient changes a weight, and the learning-rate schedules. It
 * uses the fused updates of main/graph, and no other catalogue.
 * To add an optimiser: a new file here and a line in OPTIMIZERS.
 */
import { chosen } from '../game/index.ts';
import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

export type { Optimizer } from './optimizer.ts';
export { scheduleFactor } from './schedule.ts';

export const OPTIMIZERS: readonly Optimizer[] = [adam, rmsprop, sgd];

/** The optimiser of this kind; throws StudioError `unknown-optimizer`. */
export function optimizerOf(kind: string): Optimizer {
  return chosen({
    entries: OPTIMIZERS,
    nameOf: (entry) => entry.kind,
    name: kind,
    what: 'optimiser',
    code: 'unknown-optimizer',
  });
}
