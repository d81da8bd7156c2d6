/**
 * The pictures of the ready data set: the pages that have been read, the close-up of one picture, and those
 * that the person leaves out, which stay on show.
 */
import {
  toFailure,
  type Api,
  type CommandOutput,
  type DatasetSummary,
  type Failure,
  type ImageBatch,
  type PictureEntry,
} from '#main/contract/index.ts';
import { leftOutOf, withLeftOut, type LeftOut } from './left-out.ts';

/** A picture on show: image `at` of `images`, those of its page. */
export type Picture = PictureEntry & { images: ImageBatch; at: number };
export type PicturePage = { from: number; images: ImageBatch; pictures: Picture[] };
/** A class, with those of its pictures that have been read; `count`: all of its pictures. */
export type ClassRow = { name: string; count: number; pictures: Picture[] };
export type CloseUp = CommandOutput<'dataset.picture'> & { file: string };

/** Pictures in a page. */
const PAGE = 120;
/** With more classes than this, rows would have too few pictures. */
const MOST_ROWS = 20;

export class Pictures {
  pages = $state.raw<PicturePage[]>([]);
  loadingMore = $state(false);
  /** Why more pictures could not be read, or others not be left out. */
  failure = $state.raw<Failure | undefined>();
  /** Whether the person wants a row for each class, if there are a few classes. */
  wantsRows = $state(true);
  /** Index in `listed` of the picture of the close-up; undefined without one. */
  index = $state<number | undefined>();
  closeUp = $state.raw<CloseUp | undefined>();
  /** Files that the person has left out, which the app knows a moment later. */
  leftOut = $state.raw<LeftOut>(leftOutOf([]));
  /** How many pictures have been read. */
  readonly read = $derived(this.pages.reduce((sum, page) => sum + page.images.count, 0));
  /** Those that have been read, in the order of the data set: one of each class, then another of each. */
  readonly all: readonly Picture[] = $derived(this.pages.flatMap(({ pictures }) => pictures));
  /** A row for each class; undefined if all pictures are in one flow. */
  readonly rows: readonly ClassRow[] | undefined = $derived.by(() => this.#rows());
  /** Those that have been read, in the order in which they are shown. */
  readonly listed: readonly Picture[] = $derived(this.rows?.flatMap(({ pictures }) => pictures) ?? this.all);
  readonly looked: Picture | undefined = $derived(
    this.index === undefined ? undefined : this.listed[this.index],
  );

  readonly #api: Api;
  readonly #changed: (summary: DatasetSummary) => void;
  #summary = $state.raw<DatasetSummary | undefined>();
  /** The files that the app knows to be left out. */
  #known: LeftOut = this.leftOut;
  #sending: Promise<void> | undefined;
  #isSending = false;
  /**
   * Number of the data set on show; its id is not enough, since the same pictures in another order may have
   * the same.
   */
  #ticket = 0;

  /** @param changed called with the new summary when the app has left pictures out or put them back */
  constructor(api: Api, changed: (summary: DatasetSummary) => void) {
    this.#api = api;
    this.#changed = changed;
  }

  /** Whether there are a few classes, and so may be rows. */
  get hasRows(): boolean {
    const { length } = this.#summary?.classes ?? [];
    return length >= 2 && length <= MOST_ROWS;
  }

  /** Whether there are more pictures than have been read; points are one picture. */
  get hasMore(): boolean {
    const summary = this.#summary;
    return summary !== undefined && summary.source.kind !== 'points' && this.read < sizeOf(summary);
  }

  /** Reads the first page of a data set that has just been prepared; undefined if it has no pictures. */
  async first(summary: DatasetSummary): Promise<PicturePage | undefined> {
    return sizeOf(summary) > 0 ? this.#thumbnails(summary, 0) : undefined;
  }

  /** Shows the pictures of another data set; `first`: its first page, as `first()` has read it. */
  begin(summary: DatasetSummary, first: PicturePage | undefined): void {
    this.#ticket++;
    this.#summary = summary;
    this.pages = first ? [first] : [];
    this.leftOut = this.#known = leftOutOf(summary.leftOutByHand);
    this.failure = undefined;
    this.close();
  }

  async showMore(): Promise<void> {
    const summary = this.#summary;
    if (!summary || this.loadingMore || !this.hasMore) return;
    this.loadingMore = true;
    const ticket = this.#ticket;
    try {
      const page = await this.#thumbnails(summary, this.read);
      if (ticket === this.#ticket) this.pages = [...this.pages, page];
    } catch (error) {
      if (ticket === this.#ticket) this.failure = toFailure(error);
    } finally {
      this.loadingMore = false;
    }
  }

  /** Leaves these files out, or puts them back. */
  leaveOut(files: readonly string[], isLeftOut: boolean): void {
    this.leftOut = withLeftOut(this.leftOut, files, isLeftOut);
    this.failure = undefined;
    if (!this.#isSending) this.#sending = this.#send();
  }

  /** Makes the changes that lead from `before` to `after`, which belong to a data set of the same files. */
  carryOver(before: LeftOut, after: LeftOut): void {
    const out = [...after].filter((file) => !before.has(file));
    const back = [...before].filter((file) => !after.has(file));
    if (out.length > 0) this.leaveOut(out, true);
    if (back.length > 0) this.leaveOut(back, false);
  }

  toggle({ file }: Pick<Picture, 'file'>): void {
    this.leaveOut([file], !this.leftOut.has(file));
  }

  /** Resolves once the app knows what is left out. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  /** Shows the close-up of the picture at this index of `listed`. */
  look(index: number): void {
    this.index = index;
    void this.#readCloseUp();
  }

  /**
   * Shows the close-up of the next picture, or the one before; beyond the last that has been read, it reads
   * more.
   */
  async turn(step: 1 | -1): Promise<void> {
    const { index } = this;
    if (index === undefined) return;
    if (index + step >= this.listed.length && !this.rows) await this.showMore();
    if (this.index === index && this.listed[index + step]) this.look(index + step);
  }

  canTurn(step: 1 | -1): boolean {
    if (this.index === undefined) return false;
    return this.listed[this.index + step] !== undefined || (step === 1 && !this.rows && this.hasMore);
  }

  close(): void {
    this.index = undefined;
    this.closeUp = undefined;
  }

  async #readCloseUp(): Promise<void> {
    const summary = this.#summary;
    const file = this.looked?.file;
    if (!summary || file === undefined) return;
    try {
      const found = await this.#api.call('dataset.picture', { id: summary.id, file });
      if (this.looked?.file === file) this.closeUp = { ...found, file };
    } catch (error) {
      if (this.looked?.file === file) this.failure = toFailure(error);
    }
  }

  /** Sends what is left out, one request at a time, until the newest state is known to the app. */
  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#summary && this.#known !== this.leftOut) {
      const sent = this.leftOut;
      const ticket = this.#ticket;
      try {
        const { id } = this.#summary;
        const summary = await this.#api.call('dataset.leaveOut', { id, leftOut: [...sent] });
        if (ticket !== this.#ticket) continue;
        this.#summary = summary;
        this.#known = sent;
        this.#changed(summary);
      } catch (error) {
        if (ticket !== this.#ticket) continue;
        this.failure = toFailure(error);
        this.leftOut = this.#known;
      }
    }
    this.#isSending = false;
  }

  async #thumbnails(summary: DatasetSummary, from: number): Promise<PicturePage> {
    const count = Math.min(PAGE, sizeOf(summary) - from);
    const { images, pictures } = await this.#api.call('dataset.thumbnails', { id: summary.id, from, count });
    return { from, images, pictures: pictures.map((each, at) => ({ ...each, images, at })) };
  }

  #rows(): ClassRow[] | undefined {
    if (!this.wantsRows || !this.hasRows) return undefined;
    return this.#summary?.classes.map(({ name, count }) => ({
      name,
      count,
      pictures: this.all.filter((each) => each.class === name),
    }));
  }
}

/** How many pictures can be shown, including those left out. */
const sizeOf = ({ usable, count }: DatasetSummary): number => Math.max(usable, count);
