/** The outcome of a run that has ended, in a few words; the run bar has its figures. */
import type { RunStatus } from '#main/contract/index.ts';
import { count, duration } from '../../parts/format.ts';
import type { RunRecord } from '../../state/run-record.svelte.ts';

type EndedRun = Pick<RunRecord, 'config' | 'step' | 'status' | 'trainedSeconds'>;

const TITLES: Partial<Record<RunStatus, string>> = {
  finished: 'The run has finished',
  stopped: 'The run was stopped',
  failed: 'The run ended early',
  interrupted: 'The run was interrupted',
};

/** @param resumesFrom step of the newest checkpoint */
export function outcomeOf(record: EndedRun, resumesFrom: number): { title: string; text: string } {
  return {
    title: TITLES[record.status] ?? 'The run',
    text: [trainedOf(record, resumesFrom), nextOf(record, resumesFrom)]
      .filter((each) => each !== undefined)
      .join(' '),
  };
}

/** When an earlier checkpoint is open, the run has come further than that. */
function trainedOf({ config, step: looked, trainedSeconds }: EndedRun, resumesFrom: number): string {
  const step = Math.max(looked, resumesFrom);
  const steps =
    config && step < config.steps ? `${count(step)} of ${count(config.steps)} steps` : `${count(step)} steps`;
  return trainedSeconds === undefined
    ? `It took ${steps}.`
    : `It took ${steps} in ${duration(trainedSeconds)}.`;
}

function nextOf({ config, status, step }: EndedRun, resumesFrom: number): string | undefined {
  if (status === 'starting') return undefined;
  return config && resumesFrom < config.steps
    ? `Resume goes on from the checkpoint of step ${count(resumesFrom)}.`
    : `Train longer goes on from ${step < resumesFrom ? `step ${count(resumesFrom)}` : 'here'}.`;
}
