/** The steps from which a run trained on other pictures than before. */
import type { Failure, RunHistory } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';

type DataChanges = RunHistory['dataChanges'];

/** The changes with one more, in the order of their steps. */
export function withDataChange(before: DataChanges, { step, message }: DataChanges[number]): DataChanges {
  return [...before, { step, message }].sort((one, other) => one.step - other.step);
}

/**
 * A change as a failure: "From step 400 on, the run trains on other pictures."; its remedy is how they
 * differ.
 */
export function dataChangeFailure({ step, message }: DataChanges[number]): Failure {
  return {
    code: 'data-changed',
    message: `From step ${count(step)} on, the run trains on other pictures.`,
    remedy: message,
  };
}
