/** How far a run is, in the few words that the run bar has room for. */
import type { MetricEntry } from '#main/contract/index.ts';
import { count, duration, plural } from '../../parts/format.ts';
import { illWords } from '../../state/health-words.ts';
import { lookedCheckpoint } from '../../state/looked-checkpoint.ts';
import { bestWords } from '../../state/metric-words.ts';
import type { RunRecord } from '../../state/run-record.svelte.ts';
import { roughly } from '../../state/setup-words.ts';

export type Fact = { kind: 'step' | 'checkpoint' | 'health' | 'time' | 'best'; text: string };
type RunForFacts = Pick<
  RunRecord,
  'config' | 'step' | 'status' | 'active' | 'progress' | 'trainedSeconds' | 'quality' | 'health'
>;

/**
 * Step, what is wrong with it, time left or spent, and its best checkpoint.
 * @param newest step of its newest checkpoint
 */
export function factsOf(record: RunForFacts, metrics: readonly MetricEntry[], newest: number): Fact[] {
  const { config, step } = record;
  if (!config) return [];
  const facts: [Fact['kind'], string | undefined][] = [
    ['step', `Step ${count(step)} of ${count(config.steps)}`],
    ['checkpoint', checkpointOf(record, newest)],
    ['health', illWords(record.health)],
    ['time', timeOf(record)],
    ['best', bestWords(record.quality.best, metrics)],
  ];
  return facts.flatMap(([kind, text]) => (text === undefined ? [] : [{ kind, text }]));
}

/** Only of an earlier checkpoint. */
function checkpointOf(record: RunForFacts, newest: number): string | undefined {
  const looked = lookedCheckpoint(record, newest);
  if (!looked || looked.isNewest) return undefined;
  return looked.isBest ? 'the best checkpoint' : 'an earlier checkpoint';
}

function timeOf({ status, progress, trainedSeconds }: RunForFacts): string | undefined {
  if (status === 'training')
    return progress?.secondsLeft === undefined ? undefined : `about ${roughly(progress.secondsLeft)} left`;
  return trainedSeconds === undefined ? undefined : `trained for ${duration(trainedSeconds)}`;
}

/**
 * What is lost when a run is ended before its last state is saved. Both are steps: of the newest
 * checkpoint, and of the run.
 */
export function lostWords(checkpoint: number, step: number): string {
  const lost = step - checkpoint;
  const kept = checkpoint > 0 ? ` Its checkpoint of step ${count(checkpoint)} is kept.` : '';
  return `${plural(lost, 'step')} of training ${lost === 1 ? 'is' : 'are'} lost.${kept}`;
}
