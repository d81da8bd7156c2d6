/**
 * Health: what a run's history says of how it does, in words, by written rules. To add one: a new file here and a line
 * in ILLNESSES.
 */
import type { Finding } from '../contract/index.ts';
import { averageWorse } from './average-worse.ts';
import { copies } from './copies.ts';
import { dHasWon } from './d-has-won.ts';
import { onePicture } from './one-picture.ts';
import { gettingBetter, noBetter, tooEarly } from './progress.ts';
import type { Patient, Rule } from './rule.ts';
import { stepsRefused } from './steps-refused.ts';
import { untrained } from './untrained.ts';

export { HistoryKeeper, historyOf, withMeasured, type History, type Measured } from './history.ts';

/** In the order in which they are said. */
const ILLNESSES: readonly Rule[] = [stepsRefused, dHasWon, onePicture, untrained, copies, averageWorse];
const PROGRESS: readonly Rule[] = [tooEarly, gettingBetter, noBetter];

/** Every rule of health. */
export const RULES: readonly Rule[] = [...ILLNESSES, ...PROGRESS];

/** How a run does: what is ill, or else whether it gets better. */
export function healthOf(patient: Patient): Finding[] {
  const ill = findings(ILLNESSES, patient);
  return ill.length > 0 ? ill : findings(PROGRESS, patient);
}

function findings(rules: readonly Rule[], patient: Patient): Finding[] {
  return rules.flatMap(({ code, tone, threshold, find }) => {
    const found = find(patient);
    return found ? [{ code, tone, threshold, ...found }] : [];
  });
}
