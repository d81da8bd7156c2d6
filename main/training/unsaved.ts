/** The failures of a run whose last state the disk refuses. */
import { StudioError, type Failure } from '../contract/index.ts';
import { refusalInRun, type Run } from '../runs/index.ts';

const messageFor = (cause: string): string => `The last state of the run could not be saved: ${cause}.`;

/** While the state waits in memory. */
export function unsaved(refused: StudioError): Failure {
  const { cause, remedy } = refusalInRun(refused);
  return { code: refused.code, message: messageFor(cause), remedy: `${remedy}, then save again.` };
}

/** The failure of a run that ended without its last state. */
export function lost(refused: StudioError, { run, step }: { run: Run; step: number }): StudioError {
  const { cause, remedy } = refusalInRun(refused);
  const saved = savedStep(run);
  const kept =
    saved === 0 ? 'there is no checkpoint.' : `everything up to the checkpoint of step ${saved} is kept.`;
  const facts =
    saved === step
      ? 'Its checkpoint is saved; its samples or its log are not.'
      : `${saved + 1 === step ? `Step ${step} is` : `Steps ${saved + 1} to ${step} are`} lost; ${kept}`;
  return new StudioError({
    code: refused.code,
    message: `${messageFor(cause)} ${facts}`,
    remedy: `${remedy}, then resume the run.`,
  });
}

/** The step of the newest checkpoint; 0 where there is none, or no folder. */
function savedStep(run: Run): number {
  return run.checkpointSteps()[0] ?? 0;
}
