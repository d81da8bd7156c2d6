/** The status of a run as the window shows it: a word, its tone, and the window's title. */
import type { RunListing, RunStatus } from '#main/contract/index.ts';
import type { RunRecord } from './run-record.svelte.ts';

type StatusStyle = { text: string; tone: 'good' | 'caution' | 'danger' | 'plain' | 'cool' };

export const STATUS: Record<RunStatus, StatusStyle> = {
  starting: { text: 'Starting', tone: 'plain' },
  training: { text: 'Training', tone: 'good' },
  paused: { text: 'Paused', tone: 'caution' },
  unsaved: { text: 'Not saved', tone: 'danger' },
  stopped: { text: 'Stopped', tone: 'plain' },
  finished: { text: 'Finished', tone: 'cool' },
  failed: { text: 'Failed', tone: 'danger' },
  interrupted: { text: 'Interrupted', tone: 'caution' },
};

/** The status of a run in the library; another program may hold it. */
export function statusStyle({ status, holder }: RunListing): StatusStyle {
  return holder ? { text: `Held by ${holder.program}`, tone: 'caution' } : STATUS[status];
}

/** "47% · Digits · GAN Studio". */
export function windowTitle(record: RunRecord | undefined): string {
  if (!record?.config) return 'GAN Studio';
  const state =
    record.status === 'training' ? `${Math.floor(record.fraction * 100)}%` : STATUS[record.status].text;
  return `${state} · ${record.config.name} · GAN Studio`;
}
