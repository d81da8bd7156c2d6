/** Where a run went on with other pictures than before, in words. */
import type { Failure, RunHistory } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';

type DataChanges = RunHistory['dataChanges'];

/** With one more, by rising step. */
export function withDataChange(before: DataChanges, { step, message }: DataChanges[number]): DataChanges {
  return [...before, { step, message }].sort((one, other) => one.step - other.step);
}

/** "From step 400 on with other pictures", and how they differ. */
export function changeWords({ step, message }: DataChanges[number]): Failure {
  return {
    code: 'data-changed',
    message: `From step ${count(step)} on with other pictures.`,
    remedy: message,
  };
}
