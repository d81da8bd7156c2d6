/** A run in a few words, for lists and messages. */
import type { RunListing, RunStatus } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';
import { illWords } from './health-words.ts';
import { bestWords } from './metric-words.ts';
import { datasetName } from './dataset-words.ts';
import { statusStyle } from './run-status.ts';
import type { Settings } from './settings.svelte.ts';

/** What a run is made of: its data set, the size of its pictures, its GAN and its loss. */
export function madeOf({ config }: RunListing, settings: Pick<Settings, 'entry'>): string[] {
  const { source, options } = config.dataset;
  return [
    datasetName(source),
    ...(source.kind === 'points' ? [] : [`${options.size} px`]),
    settings.entry('gans', config.gan.kind)?.label ?? config.gan.kind,
    settings.entry('losses', config.loss.kind)?.label ?? config.loss.kind,
  ];
}

/** How far a run is: "step 300 of 3,000". */
export function stepOf({ step, config }: RunListing): string {
  return `step ${count(step)} of ${count(config.steps)}`;
}

/** The run in the trainer; `isThis`: whether it is the run of the list that the words are about. */
type Trainer = { name: string | undefined; status: RunStatus | undefined; isThis: boolean };

/**
 * Why nothing can be done with a run of the list while a run is under way in the trainer, and what to do
 * first.
 */
export function busyWords({ name = 'Another run', status, isThis }: Trainer): string {
  if (!isThis) {
    const first = status === 'unsaved' ? 'is not saved: save it again, or stop it,' : 'is under way: stop it';
    return `${name} ${first} to open, resume or duplicate this one.`;
  }
  if (status === 'unsaved') return 'This run is not saved: save it again, or stop it without saving, above.';
  if (status === 'starting') return 'This run is starting: it can be cancelled above.';
  return `This run is under way: ${status === 'paused' ? 'resume' : 'pause'} or stop it above.`;
}

/** All texts of a run's row, so that a search finds whatever can be read there. */
export function wordsOf(listing: RunListing, settings: Pick<Settings, 'entry' | 'catalogue'>): string[] {
  const { best, health } = listing;
  return [
    ...madeOf(listing, settings),
    stepOf(listing),
    statusStyle(listing).text,
    bestWords(best, settings.catalogue?.metrics ?? []) ?? '',
    illWords(health) ?? '',
  ];
}
