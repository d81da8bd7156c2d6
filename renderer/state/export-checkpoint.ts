/** Which checkpoints of a run its generator can be taken from: the best first, where there is one. */
import type { BestCheckpoint, RunStatus, WhichCheckpoint } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';

/** now: the model in the trainer, as it trains or as it was opened. */
export type ExportFrom = 'best' | 'newest' | 'now';
export type ExportChoice = { value: ExportFrom; label: string };

type ExportableRun = {
  status: RunStatus;
  /** That of the model in the trainer. */
  step: number;
  /** That of the newest checkpoint. */
  newest: number;
  best: Pick<BestCheckpoint, 'step'> | undefined;
};

/** Never empty; each step occurs once, except that of a run under way, which changes. */
export function exportChoices({ status, step, newest, best }: ExportableRun): ExportChoice[] {
  const moves = ['starting', 'training'].includes(status);
  const choices: ExportChoice[] = [];
  if (best && (moves || best.step !== step))
    choices.push({ value: 'best', label: `Best (step ${count(best.step)})` });
  if (moves) return [...choices, { value: 'now', label: `As it is now (step ${count(step)})` }];
  const isBest = best?.step === step;
  const now = isBest ? 'Best' : step >= newest ? 'As it is now' : 'As it is open';
  choices.push({ value: 'now', label: `${now} (step ${count(step)})` });
  if (step < newest && newest !== best?.step)
    choices.push({ value: 'newest', label: `Newest (step ${count(newest)})` });
  return choices;
}

/** What the person wants where it is there, the first one otherwise. */
export function chosenFrom(choices: readonly ExportChoice[], wanted: ExportFrom | undefined): ExportFrom {
  return (choices.find(({ value }) => value === wanted) ?? choices[0])?.value ?? 'now';
}

/** As a command asks for it. */
export function checkpointOf(from: ExportFrom): WhichCheckpoint | undefined {
  return from === 'now' ? undefined : from;
}
