/** The checkpoints from which a run's generator can be exported, the best one first. */
import type { BestCheckpoint, RunStatus, WhichCheckpoint } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';

/** now: the model in the trainer, as it trains or as it was opened. */
export type ExportFrom = 'best' | 'newest' | 'now';
export type ExportChoice = { value: ExportFrom; label: string };

type ExportableRun = {
  status: RunStatus;
  /** Step of the model in the trainer. */
  step: number;
  /** Step of the newest checkpoint. */
  newest: number;
  best: Pick<BestCheckpoint, 'step'> | undefined;
};

/**
 * The choices, at least one. No step occurs twice, unless a run in training happens to be at its best step.
 */
export function exportChoices({ status, step, newest, best }: ExportableRun): ExportChoice[] {
  const moves = ['starting', 'training'].includes(status);
  const choices: ExportChoice[] = [];
  if (best && (moves || best.step !== step))
    choices.push({ value: 'best', label: `Best (step ${count(best.step)})` });
  if (moves) return [...choices, { value: 'now', label: `As it is now (step ${count(step)})` }];
  const isBest = best?.step === step;
  const now = isBest ? 'Best' : step >= newest ? 'As it is now' : 'Opened';
  choices.push({ value: 'now', label: `${now} (step ${count(step)})` });
  if (step < newest && newest !== best?.step)
    choices.push({ value: 'newest', label: `Newest (step ${count(newest)})` });
  return choices;
}

/** What the person wants if it is among the choices, else the first one. */
export function chosenFrom(choices: readonly ExportChoice[], wanted: ExportFrom | undefined): ExportFrom {
  return (choices.find(({ value }) => value === wanted) ?? choices[0])?.value ?? 'now';
}

/** The checkpoint as commands take it; undefined for the model in the trainer. */
export function checkpointOf(from: ExportFrom): WhichCheckpoint | undefined {
  return from === 'now' ? undefined : from;
}
