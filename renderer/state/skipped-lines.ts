/** The remark on lines of a run's log that are no events, and were skipped. */
import type { Failure } from '#main/contract/index.ts';
import { plural } from '../parts/format.ts';

/** Code of the remark. */
export const SKIPPED_LINES = 'skipped-lines';

/** The remark on this number of lines, as a failure. */
export function skippedLinesFailure(lines: number): Failure {
  const were = lines === 1 ? 'could not be read and was' : 'could not be read and were';
  return {
    code: SKIPPED_LINES,
    message: `${plural(lines, 'line')} of this run’s log ${were} skipped.`,
    remedy: 'A power cut or another program may have damaged events.jsonl. The charts show the rest of it.',
  };
}
