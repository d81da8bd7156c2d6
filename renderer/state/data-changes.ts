/** Where a run went on with other pictures than before, in words. */
import type { Failure, RunHistory } from '#main/contract/index.ts';

type DataChanges = RunHistory['dataChanges'];

/** Both by rising step; a change may come as an event and once more with the run's past. */
export function withDataChanges(before: DataChanges, added: DataChanges): DataChanges {
  const byStep = new Map([...before, ...added].map((change) => [change.step, change.message]));
  return [...byStep]
    .map(([step, message]) => ({ step, message }))
    .sort((one, other) => one.step - other.step);
}

/** "From step 400 on with other pictures", and how they differ. */
export function changeWords({ step, message }: DataChanges[number]): Failure {
  return {
    code: 'data-changed',
    message: `From step ${step.toLocaleString('en')} on with other pictures.`,
    remedy: message,
  };
}
