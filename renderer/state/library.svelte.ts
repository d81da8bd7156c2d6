/**
 * The runs on disk. The run in the trainer is shown as this window knows it, which is newer than its files.
 */
import {
  toFailure,
  type Api,
  type DamagedRun,
  type Failure,
  type RunConfig,
  type RunListing,
} from '#main/contract/index.ts';
import { RunRecord } from './run-record.svelte.ts';
import type { Run } from './run.svelte.ts';
import { Thumbnails } from './thumbnails.svelte.ts';

/**
 * `holder.program` of a run that this app's trainer holds, which it does for a moment longer than it trains
 * it.
 */
const OWN_PROGRAM = 'GAN Studio';

/** The texts of a run's row beside its name and note, for a search. */
type Words = (listing: RunListing) => readonly string[];

export class Library {
  list = $state.raw<readonly RunListing[] | undefined>();
  /** Why the list could not be read. */
  failure = $state.raw<Failure | undefined>();
  /** Folders of runs that cannot be read. */
  damaged = $state.raw<readonly DamagedRun[]>([]);
  query = $state('');
  /** Folder of the selected run. */
  selected = $state<string | undefined>();
  /** Why the last change of the selected run failed. */
  changeFailure = $state.raw<Failure | undefined>();
  readonly thumbnails: Thumbnails;
  readonly entries: readonly RunListing[] | undefined = $derived.by(() =>
    this.list?.map((listing) => this.#asItIs(listing)),
  );
  readonly shown: readonly RunListing[] = $derived.by(() =>
    matching(this.entries ?? [], this.query, this.#words),
  );
  readonly listing: RunListing | undefined = $derived(
    this.entries?.find(({ folder }) => folder === this.selected),
  );
  /** Losses and samples of the selected run. */
  readonly record: RunRecord | undefined = $derived.by(() => {
    return this.selected !== undefined && this.#run.is(this.selected) ? this.#run.record : this.#past;
  });

  readonly #api: Api;
  readonly #run: Run;
  readonly #words: Words;
  #past = $state.raw<RunRecord | undefined>();

  constructor({ api, run, words = () => [] }: { api: Api; run: Run; words?: Words }) {
    this.#api = api;
    this.#run = run;
    this.#words = words;
    this.thumbnails = new Thumbnails(api);
  }

  async load(): Promise<void> {
    try {
      const { runs, damaged } = await this.#api.call('runs.list', {});
      this.list = newestFirst(runs);
      this.damaged = damaged;
      this.failure = undefined;
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Names of all runs, including the one in the trainer. */
  get names(): string[] {
    const current = this.#run.record?.config?.name;
    const listed = (this.list ?? []).map(({ config }) => config.name);
    return current === undefined ? listed : [...listed, current];
  }

  has(folder: string): boolean {
    return this.list?.some((each) => each.folder === folder) ?? false;
  }

  select(listing: RunListing): void {
    const { folder, config, status, step } = listing;
    if (this.selected === folder && this.record) return;
    this.selected = folder;
    this.changeFailure = undefined;
    this.#past = undefined;
    if (this.#run.is(folder)) return;
    const record = new RunRecord(this.#api);
    record.adopt({ folder, config, status, step });
    this.#past = record;
    void record.readPast();
  }

  /** Keeps the record of a run that was replaced in the trainer, if it is the selected one. */
  keep(record: RunRecord): void {
    if (record.folder !== undefined && record.folder === this.selected) this.#past = record;
  }

  rename(listing: RunListing, name: string): Promise<boolean> {
    const { folder, config } = listing;
    this.#call(folder, { ...config, name });
    return this.#change(async () => {
      try {
        await this.#api.call('runs.rename', { folder, name });
      } catch (error) {
        this.#call(folder, config);
        throw error;
      }
    });
  }

  setNote(folder: string, note: string): Promise<boolean> {
    return this.#change(async () => {
      await this.#api.call('runs.note', { folder, note });
      this.#replace(folder, { note });
    });
  }

  /** Moves a run to the trash, also one that cannot be read. */
  trash({ folder }: Pick<RunListing, 'folder'>): Promise<boolean> {
    return this.#change(async () => {
      await this.#api.call('runs.trash', { folder });
      this.list = this.list?.filter((each) => each.folder !== folder);
      this.damaged = this.damaged.filter((each) => each.folder !== folder);
      if (this.selected === folder) this.selected = undefined;
      this.#run.forget(folder);
    });
  }

  async #change(work: () => Promise<void>): Promise<boolean> {
    this.changeFailure = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      this.changeFailure = toFailure(error);
      return false;
    }
  }

  /** Shows the run under the name in this config, without waiting for the disk. */
  #call(folder: string, { name }: RunConfig): void {
    this.list = this.list?.map((each) =>
      each.folder === folder ? { ...each, config: { ...each.config, name } } : each,
    );
    const record = this.#run.is(folder) ? this.#run.record : undefined;
    if (record?.config) record.config = { ...record.config, name };
  }

  #replace(folder: string, changed: Partial<RunListing>): void {
    this.list = this.list?.map((each) => (each.folder === folder ? { ...each, ...changed } : each));
  }

  /**
   * The listing of the run in the trainer is brought up to date, and held by no other program; others stay as
   * read.
   */
  #asItIs(listing: RunListing): RunListing {
    const record = this.#run.is(listing.folder) ? this.#run.record : undefined;
    const heldHere = listing.holder?.program === OWN_PROGRAM;
    if (!record || !(record.active || heldHere)) return listing;
    const known = { ...listing };
    delete known.holder;
    const { status, step, config = listing.config, newest, health, quality } = record;
    const best = quality.best ?? listing.best;
    return {
      ...known,
      status,
      step,
      config,
      trainedSeconds: record.secondsSoFar ?? listing.trainedSeconds,
      losses: { ...listing.losses, ...newest.losses },
      metrics: { ...listing.metrics, ...newest.metrics },
      ...(health.length > 0 && { health: [...health] }),
      ...(best && { best }),
    };
  }
}

/** The runs in the order of their newest event, the newest first. */
export function newestFirst(list: readonly RunListing[]): RunListing[] {
  return [...list].sort((a, b) => b.changed - a.changed);
}

/** The runs that contain every word of the query in their name, note or other texts, in any case. */
export function matching(
  list: readonly RunListing[],
  query: string,
  words: Words = () => [],
): readonly RunListing[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter((listing) => {
    const text = [listing.config.name, listing.note, ...words(listing)].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
