/**
 * Health: rules that read a run’s history, and the findings that they make. A rule imports the contract
 * alone, since it reads only what the run logged. To add one, add a file here and a line in PROBLEMS.
 */
import type { Finding } from '../contract/index.ts';
import { averageWorse } from './average-worse.ts';
import { byHeart } from './by-heart.ts';
import { copies } from './copies.ts';
import { dHasWon } from './d-has-won.ts';
import { onePicture } from './one-picture.ts';
import { gettingBetter, noBetter, tooEarly } from './progress.ts';
import type { Patient, Rule } from './rule.ts';
import { stepsRefused } from './steps-refused.ts';
import { untrained } from './untrained.ts';

export { HistoryKeeper, historyOf, withMeasured, type History, type MeasuredStep } from './history.ts';

/** In the order in which their findings are shown. */
const PROBLEMS: readonly Rule[] = [
  stepsRefused,
  dHasWon,
  onePicture,
  untrained,
  copies,
  byHeart,
  averageWorse,
];
const PROGRESS: readonly Rule[] = [tooEarly, gettingBetter, noBetter];

/** Every rule of health. */
export const RULES: readonly Rule[] = [...PROBLEMS, ...PROGRESS];

/** The findings about a run: its problems, or if it has none, whether it gets better. */
export function healthOf(patient: Patient): Finding[] {
  const ill = findings(PROBLEMS, patient);
  if (ill.length === 0) return findings(PROGRESS, patient);
  const isExplained = ill.some(({ code }) => EXPLAINING.has(code));
  return withoutContradictions(ill.filter(({ code }) => !isExplained || code !== untrained.code));
}

/** Findings that explain why a run is no better than untrained. */
const EXPLAINING = new Set([dHasWon.code, onePicture.code]);

/** If several findings would change the same setting, only the first of them does. */
function withoutContradictions(all: readonly Finding[]): Finding[] {
  const taken = new Set<string>();
  return all.map((finding) => ({
    ...finding,
    tries: finding.tries.filter(({ fix }) => {
      if (fix?.change.kind !== 'set') return true;
      const isFree = !taken.has(fix.change.path);
      taken.add(fix.change.path);
      return isFree;
    }),
  }));
}

function findings(rules: readonly Rule[], patient: Patient): Finding[] {
  return rules.flatMap(({ code, tone, threshold, find }) => {
    const found = find(patient);
    return found ? [{ code, tone, threshold, ...found }] : [];
  });
}
