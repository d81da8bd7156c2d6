/** What is said of lines of a run's log that are no events. */
import type { Failure } from '#main/contract/index.ts';
import { plural } from '../parts/format.ts';

export const SKIPPED_LINES = 'skipped-lines';

export function skippedWords(lines: number): Failure {
  const were = lines === 1 ? 'could not be read and was' : 'could not be read and were';
  return {
    code: SKIPPED_LINES,
    message: `${plural(lines, 'line')} of this run’s log ${were} skipped.`,
    remedy: 'A power cut or another program may have damaged events.jsonl. The charts show the rest of it.',
  };
}
