/**
 * The remarks of a run: warnings, refused steps and changed pictures. A repeated remark is counted, not
 * added.
 */
import type { Failure, RunEvent } from '#main/contract/index.ts';

export type Remark = {
  /** Repeated remarks have the same code. */
  code: string;
  title: string;
  remedy: string;
  /** How often it came. */
  times: number;
  /** Step at which it last came. */
  step: number;
};

/** The most remarks that are kept. */
const MOST = 4;

/** The remarks with one more, the newest last. */
export function withRemark(
  remarks: readonly Remark[],
  { step, failure }: { step: number; failure: Failure },
): Remark[] {
  const { code, message: title, remedy } = failure;
  const before = remarks.find((each) => each.code === code);
  const remark = { code, title, remedy, step, times: (before?.times ?? 0) + 1 };
  return [...remarks.filter((each) => each !== before), remark].slice(-MOST);
}

/** The remarks without those of this code. */
export function withoutRemark(remarks: readonly Remark[], code: string | undefined): readonly Remark[] {
  return remarks.filter((each) => each.code !== code);
}

/** A refused step as a failure: what happened, and what was done about it. */
export function refusedStep({
  step,
  refusedStep: refused,
  learningRateFactor,
  failure,
}: Extract<RunEvent, { type: 'step-refused' }>): Failure {
  const factor = Number(learningRateFactor.toPrecision(3));
  return {
    code: 'step-refused',
    message: `Step ${refused.toLocaleString('en')} was refused: ${failure.message}`,
    remedy: `The run went back to step ${step.toLocaleString('en')} and goes on with learning rates × ${factor}. ${failure.remedy}`,
  };
}
