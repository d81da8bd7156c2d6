/** What came of a run that trains no more, in sentences. */
import type { MetricEntry, RunStatus } from '#main/contract/index.ts';
import { count, duration } from '../../parts/format.ts';
import { bestWords } from '../../state/run-words.ts';
import type { RunRecord } from '../../state/run-record.svelte.ts';

type Known = Pick<RunRecord, 'config' | 'step' | 'status' | 'trainedSeconds' | 'best'>;

const TITLES: Partial<Record<RunStatus, string>> = {
  finished: 'The run has finished',
  stopped: 'The run was stopped',
  failed: 'The run ended early',
  interrupted: 'The run was interrupted',
};

/** @param resumesFrom step of the newest checkpoint */
export function outcomeOf(
  record: Known,
  { metrics, resumesFrom }: { metrics: readonly MetricEntry[]; resumesFrom: number },
): { title: string; sentences: string[] } {
  return {
    title: TITLES[record.status] ?? 'The run',
    sentences: [trainedOf(record), bestOf(record, metrics), nextOf(record, resumesFrom)].filter(
      (each) => each !== undefined,
    ),
  };
}

function trainedOf({ config, step, trainedSeconds }: Known): string {
  const steps =
    config && step < config.steps ? `${count(step)} of ${count(config.steps)} steps` : `${count(step)} steps`;
  return trainedSeconds === undefined
    ? `It took ${steps}.`
    : `It took ${steps} in ${duration(trainedSeconds)}.`;
}

function bestOf(record: Known, metrics: readonly MetricEntry[]): string | undefined {
  const best = bestWords(record, metrics);
  if (best === undefined) return undefined;
  return `Its ${best} (${metrics[0]?.better === 'down' ? 'lower' : 'higher'} is better).`;
}

function nextOf({ config, status }: Known, resumesFrom: number): string | undefined {
  if (status === 'starting') return undefined;
  return config && resumesFrom < config.steps
    ? `Resume goes on from the checkpoint of step ${count(resumesFrom)}.`
    : 'Train longer goes on from here.';
}
