/** What came of a run that trains no more, in sentences. */
import type { MetricEntry, RunStatus } from '#main/contract/index.ts';
import { count, duration, metric } from '../../parts/format.ts';
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

function bestOf(record: Known, [about]: readonly MetricEntry[]): string | undefined {
  const best = about && record.best(about);
  if (!best) return undefined;
  const way = about.better === 'down' ? 'lower is better' : 'higher is better';
  return `Its best ${about.label.toLowerCase()} was ${metric(best.value, about.unit)}, at step ${count(best.step)} (${way}).`;
}

function nextOf({ config, status }: Known, resumesFrom: number): string | undefined {
  if (status === 'starting') return undefined;
  return config && resumesFrom < config.steps
    ? `Resume goes on from the checkpoint of step ${count(resumesFrom)}.`
    : 'Train longer goes on from here.';
}
