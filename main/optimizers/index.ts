/** The catalogue of optimisers. To add one: a new file here and a line in OPTIMIZERS. */
import { StudioError } from '../contract/index.ts';
import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

export type { Optimizer } from './optimizer.ts';
export { scheduleFactor } from './schedule.ts';

export const OPTIMIZERS: readonly Optimizer[] = [adam, rmsprop, sgd] as unknown as readonly Optimizer[];

/** The optimiser of this kind; throws StudioError `unknown-optimizer`. */
export function optimizerOf(kind: string): Optimizer {
  const optimizer = OPTIMIZERS.find((entry) => entry.kind === kind);
  if (optimizer) return optimizer;
  throw new StudioError({
    code: 'unknown-optimizer',
    message: `There is no optimiser "${kind}".`,
    remedy: `Choose one of: ${OPTIMIZERS.map((entry) => entry.kind).join(', ')}.`,
  });
}
