/** The catalogue of losses. To add one: a new file here and a line in LOSSES. */
import { StudioError } from '../contract/index.ts';
import type { Loss } from './loss.ts';
import { nonSaturating } from './non-saturating.ts';

export type { Loss } from './loss.ts';

export const LOSSES: readonly Loss[] = [nonSaturating];

/** The loss of this kind; throws StudioError `unknown-loss`. */
export function lossOf(kind: string): Loss {
  const loss = LOSSES.find((entry) => entry.kind === kind);
  if (loss) return loss;
  throw new StudioError({
    code: 'unknown-loss',
    message: `There is no loss "${kind}".`,
    remedy: `Choose one of: ${LOSSES.map((entry) => entry.kind).join(', ')}.`,
  });
}
