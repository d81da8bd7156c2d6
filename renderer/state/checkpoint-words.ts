/** A checkpoint in words: its scores, and what resuming from it gives up. */
import type { CheckpointEntry, MetricEntry } from '#main/contract/index.ts';
import { plural } from '../parts/format.ts';
import { metricName, scoreWords } from './metric-words.ts';

/** Kinds of metrics for the short form, the most telling first. */
const SHORT: readonly string[] = ['kid', 'recall', 'distance'];
/** The most scores in the short form. */
const MOST = 2;

/** "KID × 1000: 52.1 ± 3.4 · Recall: 0.61"; empty if none of these metrics was measured. */
export function scoresInShort(scores: CheckpointEntry['scores'], metrics: readonly MetricEntry[]): string {
  return SHORT.flatMap((kind) => metrics.filter((each) => each.kind === kind && scores[kind]))
    .slice(0, MOST)
    .map((about) => `${metricName(about)}: ${scoreWords(scores[about.kind], about.unit)}`)
    .join(' · ');
}

/** `newest`: the newest step of the run. */
type CheckpointList = { newest: number; checkpoints: readonly Pick<CheckpointEntry, 'step'>[] };

/** What is given up if a run resumes from this step; undefined if nothing is. */
export function givenUpWords(step: number, { newest, checkpoints }: CheckpointList): string | undefined {
  const steps = newest - step;
  if (steps <= 0) return undefined;
  const later = checkpoints.filter((each) => each.step > step).length;
  const [are, their] = steps === 1 ? ['is', 'its'] : ['are', 'their'];
  return `The ${plural(steps, 'step')} after it ${are} given up, with ${their} losses, ${their} samples and ${plural(later, 'checkpoint')}. The files stay in the run’s folder, in checkpoints/given-up.`;
}
