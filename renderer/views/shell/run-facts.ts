/** How far a run is, in the few words that the run bar has room for. */
import type { MetricEntry } from '#main/contract/index.ts';
import { count, duration, plural } from '../../parts/format.ts';
import { bestWords } from '../../state/run-words.ts';
import type { RunRecord } from '../../state/run-record.svelte.ts';
import { roughly } from '../../state/setup-words.ts';

type Fact = { kind: 'step' | 'time' | 'best'; text: string };
type Known = Pick<RunRecord, 'config' | 'step' | 'status' | 'progress' | 'trainedSeconds' | 'best'>;

/** Step, time left or spent, and the best value of the first metric. */
export function factsOf(record: Known, metrics: readonly MetricEntry[]): Fact[] {
  const { config, step } = record;
  if (!config) return [];
  const time = timeOf(record);
  const best = bestWords(record, metrics);
  return [
    { kind: 'step', text: `Step ${count(step)} of ${count(config.steps)}` },
    ...(time === undefined ? [] : [{ kind: 'time', text: time } as const]),
    ...(best === undefined ? [] : [{ kind: 'best', text: best } as const]),
  ];
}

function timeOf({ status, progress, trainedSeconds }: Known): string | undefined {
  if (status === 'training')
    return progress?.secondsLeft === undefined ? undefined : `about ${roughly(progress.secondsLeft)} left`;
  return trainedSeconds === undefined ? undefined : `trained for ${duration(trainedSeconds)}`;
}

/** What goes with the last state of a run that is given up. */
export function lostWords(checkpoint: number, step: number): string {
  const lost = step - checkpoint;
  const kept = checkpoint > 0 ? ` Its checkpoint of step ${count(checkpoint)} is kept.` : '';
  return `${plural(lost, 'step')} of training ${lost === 1 ? 'is' : 'are'} lost.${kept}`;
}
