/**
 * Tells of a process that crashed, or of a run that was interrupted before this start, and offers to resume
 * the run.
 */
import type { RunListing, StudioEvent } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';
import type { Dataset } from './dataset.svelte.ts';
import type { Library } from './library.svelte.ts';
import type { Run } from './run.svelte.ts';

type HostCrashed = Extract<StudioEvent, { type: 'host-crashed' }>;
export type Trouble = {
  kind: 'crash' | 'interrupted';
  title: string;
  text: string;
  kept: string;
  /** Folder of the run that can be resumed. */
  resumable?: string;
};

/** Key in the local storage for the interrupted run that is not to be offered again. */
const DISMISSED = 'interrupted-run-dismissed';

export class Recovery {
  trouble = $state.raw<Trouble | undefined>();
  readonly #library: Library;
  readonly #run: Run;
  readonly #dataset: Dataset;

  constructor({ library, run, dataset }: { library: Library; run: Run; dataset: Dataset }) {
    this.#library = library;
    this.#run = run;
    this.#dataset = dataset;
  }

  /**
   * Finds the run in the trainer, if the page was reloaded while it went on; else offers an interrupted run.
   */
  async begin(): Promise<void> {
    await Promise.all([this.#run.find(), this.#library.load()]);
    const folder = this.#run.record?.folder;
    // A run in the trainer that is in the trash is no longer shown.
    if (folder !== undefined && this.#library.list && !this.#library.has(folder)) this.#run.forget(folder);
    this.offer();
  }

  /**
   * Offers to resume the newest run if it was interrupted; call it once it is known which run the trainer
   * has.
   */
  offer(): void {
    const newest = this.#library.list?.[0];
    if (!newest || this.#run.record || this.trouble || !isInterrupted(newest)) return;
    if (localStorage.getItem(DISMISSED) === markOf(newest)) return;
    const { config, folder, step } = newest;
    this.trouble = {
      kind: 'interrupted',
      title: `${config.name} was interrupted at step ${count(step)}`,
      text: 'GAN Studio or the computer ended before the run did.',
      kept: keptOf(newest),
      resumable: folder,
    };
  }

  async crashed({ host, failure }: HostCrashed): Promise<void> {
    const text = `${failure.message} ${failure.remedy}`;
    if (host === 'library') {
      const kept = this.#dataset.summary
        ? 'The data set that was ready is still here.'
        : 'Your pictures are untouched.';
      this.trouble = { kind: 'crash', title: 'Preparing pictures ended unexpectedly', text, kept };
      return;
    }
    const hit = this.#run.record?.active ? this.#run.record : undefined;
    const trouble: Trouble = {
      kind: 'crash',
      title: 'Training ended unexpectedly',
      text,
      kept: 'Your runs on disk are untouched.',
    };
    this.trouble = trouble;
    if (hit?.folder === undefined) return;
    await this.#library.load();
    if (this.trouble !== trouble) return;
    const listing = this.#library.list?.find(({ folder }) => folder === hit.folder);
    if (listing) this.trouble = { ...trouble, kept: keptOf(listing), resumable: hit.folder };
  }

  /** Closes the message; an interrupted run is not offered again until it has gone on. */
  dismiss(): void {
    const listing = this.#library.list?.find(({ folder }) => folder === this.trouble?.resumable);
    if (this.trouble?.kind === 'interrupted' && listing) localStorage.setItem(DISMISSED, markOf(listing));
    this.trouble = undefined;
  }
}

function isInterrupted({ status, checkpoint, holder }: RunListing): boolean {
  return status === 'interrupted' && checkpoint !== undefined && !holder;
}

function markOf({ folder, step }: RunListing): string {
  return `${folder}@${step}`;
}

function keptOf({ checkpoint }: RunListing): string {
  return checkpoint === undefined || checkpoint === 0
    ? 'It had no checkpoint yet. Resume starts it again from the beginning, with the same result.'
    : `Everything up to its checkpoint of step ${count(checkpoint)} is kept, and Resume continues from there.`;
}
