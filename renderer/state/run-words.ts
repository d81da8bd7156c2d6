/** What is said of a run in few words, wherever one is shown. */
import type { RunListing, RunStatus } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';
import { illWords } from './health-words.ts';
import { bestWords } from './metric-words.ts';
import { datasetName } from './dataset-words.ts';
import { lookOf } from './run-status.ts';
import type { Settings } from './settings.svelte.ts';

/** Its data set, size, GAN and loss. */
export function madeOf({ config }: RunListing, settings: Pick<Settings, 'entry'>): string[] {
  const { source, options } = config.dataset;
  return [
    datasetName(source),
    ...(source.kind === 'points' ? [] : [`${options.size} px`]),
    settings.entry('gans', config.gan.kind)?.label ?? config.gan.kind,
    settings.entry('losses', config.loss.kind)?.label ?? config.loss.kind,
  ];
}

/** Where it is: "step 300 of 3,000". */
export function stepOf({ step, config }: RunListing): string {
  return `step ${count(step)} of ${count(config.steps)}`;
}

type Trainer = { name: string | undefined; status: RunStatus | undefined; isThis: boolean };

/**
 * Why a run of the list waits while the trainer has a run, which may be the same one, and what to do first.
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

/** All of it, for a search: what can be read in the row can be found. */
export function wordsOf(listing: RunListing, settings: Pick<Settings, 'entry' | 'catalogue'>): string[] {
  const { best, health } = listing;
  return [
    ...madeOf(listing, settings),
    stepOf(listing),
    lookOf(listing).text,
    bestWords(best, settings.catalogue?.metrics ?? []) ?? '',
    illWords(health) ?? '',
  ];
}
