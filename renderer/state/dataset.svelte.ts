/** The dataset being prepared and the one that is ready; a failure never loses the ready one. */
import {
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  toFailure,
  type Api,
  type DatasetOptions,
  type DatasetSource,
  type DatasetSummary,
  type Failure,
  type ImageBatch,
  type Points,
  type RunConfig,
  type StudioEvent,
} from '#main/contract/index.ts';
import { OwnPoints } from './own-points.svelte.ts';

type ProgressEvent = Extract<StudioEvent, { type: 'dataset-progress' }>;
export type ThumbnailPage = { from: number; images: ImageBatch };

const PAGE = 120;
/** Milliseconds without another change before the images are prepared anew. */
const SETTLE = 250;

export class Dataset {
  /** What the controls show; `summary.options` is what the images were prepared with. */
  options = $state<DatasetOptions>({ ...DEFAULT_RUN_CONFIG.dataset.options });
  summary = $state.raw<DatasetSummary | undefined>();
  pages = $state.raw<ThumbnailPage[]>([]);
  opening = $state.raw<DatasetSource | undefined>();
  progress = $state.raw<ProgressEvent | undefined>();
  failure = $state.raw<Failure | undefined>();
  loadingMore = $state(false);
  readonly ownPoints = new OwnPoints();
  readonly shown = $derived(this.pages.reduce((sum, page) => sum + page.images.count, 0));

  readonly #api: Api;
  readonly #opened: (summary: DatasetSummary) => void;
  #ticket = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #lastTried: DatasetSource | undefined;

  constructor({ api, opened }: { api: Api; opened: (summary: DatasetSummary) => void }) {
    this.#api = api;
    this.#opened = opened;
  }

  /** What a run trains on; undefined until a dataset with images is ready and its options are settled. */
  get choice(): RunConfig['dataset'] | undefined {
    if (!this.summary || this.summary.count === 0 || this.opening) return undefined;
    return { source: this.summary.source, options: { ...this.summary.options, mirror: this.options.mirror } };
  }

  /** What is being opened, else what is ready. */
  get source(): DatasetSource | undefined {
    return this.opening ?? this.summary?.source;
  }

  /** Whether there are more images than are shown; points are one picture. */
  get hasMore(): boolean {
    return (
      this.summary !== undefined && this.summary.source.kind !== 'points' && this.shown < this.summary.count
    );
  }

  async choose(): Promise<void> {
    try {
      const { path } = await this.#api.call('dataset.choose', {});
      if (path !== null) this.openFolder(path);
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  openFolder(path: string): void {
    const keepsOptions = this.summary?.source.kind === 'folder';
    void this.#open(
      { kind: 'folder', path },
      keepsOptions ? { ...this.options } : { ...DEFAULT_DATASET_OPTIONS },
    );
  }

  openBuiltIn(name: 'digits' | 'emoji'): void {
    const options = name === 'digits' ? DEFAULT_RUN_CONFIG.dataset.options : DEFAULT_DATASET_OPTIONS;
    void this.#open({ kind: 'built-in', name }, { ...options });
  }

  /** Points of a plane; how images are prepared stays as it is. */
  openPoints(points: Points): void {
    void this.#open({ kind: 'points', points }, { ...this.options });
  }

  /**
   * Opens one's own points as they are now, once they have settled; none while something is wrong with them.
   */
  changeOwnPoints(): void {
    const { points } = this.ownPoints;
    clearTimeout(this.#settling);
    if (points) this.#settling = setTimeout(() => this.openPoints(points), SETTLE);
  }

  /** Opens what a run was trained on, prepared as it was; resolves to whether it is ready. */
  reopen({ source, options }: RunConfig['dataset']): Promise<boolean> {
    return this.#open(source, { ...options });
  }

  /** Changes how images are prepared; all but mirroring prepares them anew. */
  change(changed: Partial<DatasetOptions>): void {
    Object.assign(this.options, changed);
    const { source } = this;
    if (!source || Object.keys(changed).every((key) => key === 'mirror')) return;
    this.opening = source;
    // What is being prepared with the options from before comes too late.
    this.#ticket++;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#open(source, $state.snapshot(this.options)), SETTLE);
  }

  async cancel(): Promise<void> {
    this.#settle();
    try {
      await this.#api.call('dataset.cancel', {});
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  tryAgain(): void {
    if (this.#lastTried) void this.#open(this.#lastTried, $state.snapshot(this.options));
  }

  async showMore(): Promise<void> {
    const { summary, shown } = this;
    if (!summary || this.loadingMore || !this.hasMore) return;
    this.loadingMore = true;
    try {
      const images = await this.#thumbnails(summary, shown);
      if (this.summary === summary) this.pages = [...this.pages, { from: shown, images }];
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.loadingMore = false;
    }
  }

  apply(event: ProgressEvent): void {
    if (this.opening) this.progress = event;
  }

  /** The process that prepares images ended: what was under way is over. */
  interrupted(failure: Failure): void {
    if (!this.opening) return;
    this.#settle();
    this.failure = failure;
  }

  async #open(source: DatasetSource, options: DatasetOptions): Promise<boolean> {
    clearTimeout(this.#settling);
    const ticket = ++this.#ticket;
    this.#lastTried = source;
    this.opening = source;
    this.progress = undefined;
    this.failure = undefined;
    this.options = { ...options };
    if (source.kind === 'points') this.ownPoints.adopt(source.points);
    try {
      const summary = await this.#api.call('dataset.open', { source, options });
      const images = summary.count > 0 ? await this.#thumbnails(summary, 0) : undefined;
      if (ticket !== this.#ticket) return false;
      this.summary = summary;
      this.pages = images ? [{ from: 0, images }] : [];
      this.opening = undefined;
      this.#opened(summary);
      return true;
    } catch (error) {
      if (ticket !== this.#ticket) return false;
      this.#settle();
      const failure = toFailure(error);
      if (failure.code !== 'cancelled') this.failure = failure;
      return false;
    }
  }

  /** Ends what is under way and goes back to the dataset that is ready. */
  #settle(): void {
    clearTimeout(this.#settling);
    this.#ticket++;
    this.opening = undefined;
    this.progress = undefined;
    if (this.summary) this.options = { ...this.summary.options, mirror: this.options.mirror };
  }

  #thumbnails(summary: DatasetSummary, from: number): Promise<ImageBatch> {
    return this.#api.call('dataset.thumbnails', {
      id: summary.id,
      from,
      count: Math.min(PAGE, summary.count - from),
    });
  }
}
