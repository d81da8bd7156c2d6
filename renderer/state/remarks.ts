/** What a run had to say in passing: a warning, a refused step. The same one again is counted, not added. */
import type { Failure } from '#main/contract/index.ts';

export type Remark = {
  /** Alike remarks share it. */
  code: string;
  title: string;
  remedy: string;
  times: number;
  /** Of the newest. */
  step: number;
};

/** Different ones that are kept. */
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
