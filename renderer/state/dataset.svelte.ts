/** The data set in preparation and the one that is ready, which a failure to open another never loses. */
import {
  DEFAULT_RUN_CONFIG,
  sourceKey,
  toFailure,
  type Api,
  type CommandInput,
  type DatasetChoice,
  type DatasetOptions,
  type DatasetSource,
  type DatasetSummary,
  type Failure,
  type StudioEvent,
} from '#main/contract/index.ts';
import { Openings } from './openings.svelte.ts';
import { OwnPoints } from './own-points.svelte.ts';
import { drawingOf, isDrawing, type Drawing } from './picture-drawing.ts';
import { Pictures } from './pictures.svelte.ts';
import { RecentDatasets } from './recent-datasets.svelte.ts';
import { Settling } from './settling.ts';

type Progress = Extract<StudioEvent, { type: 'dataset-progress' }>;
type Opening = CommandInput<'dataset.open'>;
/** The run whose pictures these should be. */
export type OfRun = { folder: string; name: string };
/** Who opened or changed a data set: the window itself, as it does with the first one, or the person. */
export type OpenedBy = 'itself' | 'person';
type Opened = (summary: DatasetSummary, by: OpenedBy) => void;

export class Dataset {
  /** What the controls show; `summary.options` is what the pictures were prepared with. */
  options = $state<DatasetOptions>({ ...DEFAULT_RUN_CONFIG.dataset.options });
  summary = $state.raw<DatasetSummary | undefined>();
  opening = $state.raw<DatasetSource | undefined>();
  progress = $state.raw<Progress | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** The last request: for what is ready, for what is being opened, or for what could not be opened. */
  asked = $state.raw<Opening | undefined>();
  /** The run whose data set the last request was for; undefined if it was for no run's. */
  ofRun = $state.raw<OfRun | undefined>();
  readonly ownPoints = new OwnPoints();
  readonly pictures: Pictures;
  readonly recent: RecentDatasets;
  readonly open: Openings;

  readonly #api: Api;
  readonly #opened: Opened;
  /** Resolves to whether the data set of the last request is ready. */
  #opening = Promise.resolve(false);
  /** Number of the newest request; answers to earlier ones are dropped. */
  #ticket = 0;
  /** The ticket of the data set that the window opened itself. */
  #byItself: number | undefined;
  /** How the ready pictures are drawn, whatever the options of those being opened are. */
  #drawing = $state.raw<Drawing | undefined>();
  #changed = $state.raw<Failure | undefined>();
  readonly #settling = new Settling();

  constructor({ api, opened }: { api: Api; opened: Opened }) {
    this.#api = api;
    this.#opened = opened;
    this.pictures = new Pictures(api, (summary) => this.#take(summary));
    this.recent = new RecentDatasets(api);
    this.open = new Openings(api, this);
  }

  /** What a run trains on; undefined until a data set with pictures is ready and its options are settled. */
  get choice(): DatasetChoice | undefined {
    const { summary } = this;
    if (!summary || summary.count === 0 || this.opening) return undefined;
    return {
      source: summary.source,
      options: this.#optionsOf(summary),
      leftOut: [...this.pictures.leftOut],
      ...(summary.content && { content: summary.content }),
    };
  }

  /** How the pictures differ from those of the run that they are opened for, until the person agrees. */
  get changed(): Failure | undefined {
    return this.opening && !this.#isReady(this.opening) ? undefined : this.#changed;
  }

  /** The person takes the pictures as they are. */
  agree(): void {
    this.#changed = undefined;
  }

  /** The source of what is being opened, else of what is ready. */
  get source(): DatasetSource | undefined {
    return this.opening ?? this.summary?.source;
  }

  /** Opens the data set that was used last, or the digits if there is none. */
  async openLast(): Promise<void> {
    const ticket = this.#ticket;
    const last = await this.recent.load();
    if (ticket !== this.#ticket) return;
    if (last) this.open.recent(last);
    else this.open.builtIn('digits');
    this.#byItself = this.#ticket;
  }

  /** Opens one's own points once they have settled, unless something is wrong with them. */
  changeOwnPoints(): void {
    const { points } = this.ownPoints;
    this.#settling.cancel();
    if (points) this.#settling.putOff(() => this.open.points(points));
  }

  /**
   * Opens the data set that a run was trained on, prepared as it was; resolves to whether it is ready. The
   * data set that was ready before is dropped, since the run's settings are not for it.
   */
  reopen({ source, options, leftOut }: DatasetChoice, run: OfRun): Promise<boolean> {
    this.summary = undefined;
    return this.ask({ source, options, leftOut, run: run.folder }, run);
  }

  /** Changes how pictures are prepared or drawn; only the former prepares them again. */
  change(changed: Partial<DatasetOptions>): void {
    Object.assign(this.options, changed);
    const { source, summary } = this;
    if (!source) return;
    if (isDrawing(changed)) {
      if (!summary || !this.#isReady(source)) return;
      this.#drawing = drawingOf(this.options);
      this.#remember(summary);
      return;
    }
    this.opening = source;
    // Drops what is being prepared with the options from before.
    this.#ticket++;
    this.#settling.putOff(() => {
      const leftOut = this.#leftOutOf(source, this.asked?.leftOut ?? []);
      void this.ask({ source, options: $state.snapshot(this.options), leftOut }, this.ofRun);
    });
  }

  /** Opens a data set; resolves to whether it is ready. */
  ask(asked: Opening, run?: OfRun): Promise<boolean> {
    this.#opening = this.#prepare(asked, run);
    return this.#opening;
  }

  /** Resolves to whether the data set of the last request is ready. */
  ready(): Promise<boolean> {
    return this.opening ? this.#opening : Promise.resolve(this.summary !== undefined);
  }

  async cancel(): Promise<void> {
    this.#settle();
    try {
      await this.#api.call('dataset.cancel', {});
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Opens the data set of the last request again, as it is on disk now. */
  tryAgain(): void {
    const { asked, summary } = this;
    if (!asked) return;
    const leftOut = this.#leftOutOf(asked.source, asked.leftOut);
    const options = summary && this.failure ? asked.options : $state.snapshot(this.options);
    void this.ask({ ...asked, options, leftOut }, this.ofRun);
  }

  apply(event: Progress): void {
    if (this.opening) this.progress = event;
  }

  /** Call it when the process that prepares pictures has ended, and what was being opened with it. */
  interrupted(failure: Failure): void {
    if (!this.opening) return;
    this.#settle();
    this.failure = failure;
  }

  async #prepare(asked: Opening, run: OfRun | undefined): Promise<boolean> {
    this.#begin(asked, run);
    const ticket = this.#ticket;
    const wasReady = this.#isReady(asked.source);
    const before = this.pictures.leftOut;
    try {
      const summary = await this.#api.call('dataset.open', asked);
      const first = await this.pictures.first(summary);
      if (ticket !== this.#ticket) return false;
      const after = this.pictures.leftOut;
      this.pictures.begin(summary, first);
      this.opening = undefined;
      if (!wasReady || asked.run !== undefined) this.#changed = summary.changed;
      this.#drawing = drawingOf(this.options);
      this.#take(summary, ticket === this.#byItself ? 'itself' : 'person');
      if (wasReady) this.pictures.carryOver(before, after);
      return true;
    } catch (error) {
      if (ticket !== this.#ticket) return false;
      this.#settle();
      const failure = toFailure(error);
      if (failure.code !== 'cancelled') this.failure = failure;
      return false;
    }
  }

  #begin(asked: Opening, run: OfRun | undefined): void {
    this.#settle();
    this.asked = asked;
    this.ofRun = run;
    this.opening = asked.source;
    this.failure = undefined;
    this.options = { ...asked.options };
    if (asked.source.kind === 'points') this.ownPoints.adopt(asked.source.points);
  }

  /** Takes a new or changed summary of the data set that is ready. */
  #take(summary: DatasetSummary, by: OpenedBy = 'person'): void {
    this.summary = summary;
    this.#opened(summary, by);
    this.#remember(summary);
  }

  #remember(summary: DatasetSummary): void {
    const { source, name, count } = summary;
    const leftOut = [...this.pictures.leftOut];
    void this.recent.remember({ source, options: this.#optionsOf(summary), leftOut, name, count });
  }

  #optionsOf({ options }: DatasetSummary): DatasetOptions {
    return { ...options, ...this.#drawing };
  }

  #isReady(source: DatasetSource): boolean {
    return this.summary !== undefined && sourceKey(this.summary.source) === sourceKey(source);
  }

  /** What is left out of the pictures on show if they are of this source, else `otherwise`. */
  #leftOutOf(source: DatasetSource, otherwise: string[]): string[] {
    return this.#isReady(source) ? [...this.pictures.leftOut] : otherwise;
  }

  /** Ends the opening of a data set, and goes back to the options of the one that is ready. */
  #settle(): void {
    this.#settling.cancel();
    this.#ticket++;
    this.opening = undefined;
    this.progress = undefined;
    if (this.summary) this.options = this.#optionsOf(this.summary);
  }
}
