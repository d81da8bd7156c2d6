/** The data set being prepared and the one that is ready; a failure never loses the ready one. */
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
/** The run that the pictures are to be those of. */
export type OfRun = { folder: string; name: string };
/** Who opened or changed a data set: the window opens the first one itself. */
export type OpenedBy = 'itself' | 'person';
type Opened = (summary: DatasetSummary, by: OpenedBy) => void;

export class Dataset {
  /** What the controls show; `summary.options` is what the pictures were prepared with. */
  options = $state<DatasetOptions>({ ...DEFAULT_RUN_CONFIG.dataset.options });
  summary = $state.raw<DatasetSummary | undefined>();
  opening = $state.raw<DatasetSource | undefined>();
  progress = $state.raw<Progress | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** What was asked for last: what is ready, what is being opened, or what could not be. */
  asked = $state.raw<Opening | undefined>();
  /** The run that what was asked for last was trained by. */
  ofRun = $state.raw<OfRun | undefined>();
  readonly ownPoints = new OwnPoints();
  readonly pictures: Pictures;
  readonly recent: RecentDatasets;
  readonly open: Openings;

  readonly #api: Api;
  readonly #opened: Opened;
  /** Whether what was asked for last is ready. */
  #opening = Promise.resolve(false);
  #ticket = 0;
  /** The ticket of what was opened without being asked for. */
  #byItself: number | undefined;
  /** How the pictures that are ready are drawn, whatever is asked for of those being opened. */
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

  /**
   * How the pictures differ from those of the run that they are to be of, until the person has agreed to
   * them.
   */
  get changed(): Failure | undefined {
    return this.opening && !this.#isReady(this.opening) ? undefined : this.#changed;
  }

  /** The person takes the pictures as they are. */
  agree(): void {
    this.#changed = undefined;
  }

  /** What is being opened, else what is ready. */
  get source(): DatasetSource | undefined {
    return this.opening ?? this.summary?.source;
  }

  /** Opens what was used last, or the digits where there is nothing. */
  async openLast(): Promise<void> {
    const ticket = this.#ticket;
    const last = await this.recent.load();
    if (ticket !== this.#ticket) return;
    if (last) this.open.recent(last);
    else this.open.builtIn('digits');
    this.#byItself = this.#ticket;
  }

  /** Opens one's own points as they are, once they have settled; none while something is wrong with them. */
  changeOwnPoints(): void {
    const { points } = this.ownPoints;
    this.#settling.cancel();
    if (points) this.#settling.putOff(() => this.open.points(points));
  }

  /**
   * Opens what a run was trained on, prepared as it was; resolves to whether it is ready. What was ready
   * before is let go of, since it is not what the run's settings are for.
   */
  reopen({ source, options, leftOut }: DatasetChoice, run: OfRun): Promise<boolean> {
    this.summary = undefined;
    return this.ask({ source, options, leftOut, run: run.folder }, run);
  }

  /** Changes how pictures are prepared, or drawn; the former prepares them anew. */
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
    // What is being prepared with the options from before comes too late.
    this.#ticket++;
    this.#settling.putOff(() => {
      const leftOut = this.#leftOutOf(source, this.asked?.leftOut ?? []);
      void this.ask({ source, options: $state.snapshot(this.options), leftOut }, this.ofRun);
    });
  }

  /** Opens this; resolves to whether it is ready. */
  ask(asked: Opening, run?: OfRun): Promise<boolean> {
    this.#opening = this.#prepare(asked, run);
    return this.#opening;
  }

  /** Resolves to whether what was asked for last is ready. */
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

  /** Opens once more what was asked for last, as it lies on the disk by now. */
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

  /** The process that prepares pictures ended: what was under way is over. */
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

  /** A summary of what is ready, new or changed. */
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

  /** What is left out of the pictures on show, by now, where they are of this source. */
  #leftOutOf(source: DatasetSource, otherwise: string[]): string[] {
    return this.#isReady(source) ? [...this.pictures.leftOut] : otherwise;
  }

  /** Ends what is under way and goes back to the data set that is ready. */
  #settle(): void {
    this.#settling.cancel();
    this.#ticket++;
    this.opening = undefined;
    this.progress = undefined;
    if (this.summary) this.options = this.#optionsOf(this.summary);
  }
}
