/** Cancelling is an error like any other, with the same code wherever it happens. */
import { StudioError } from '../contract/index.ts';

/** Throws StudioError `cancelled` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new StudioError({
    code: 'cancelled',
    message: 'Preparing the pictures was cancelled.',
    remedy: 'Open the data set again to prepare it.',
  });
}
