/** The settings of the next run, and the catalogue of what they can choose. */
import {
  DEFAULT_RUN_CONFIG,
  isSettingPath,
  scheduleSchema,
  setAt,
  toFailure,
  turnsSchema,
  type Api,
  type Catalogue,
  type DatasetSummary,
  type Failure,
  type RunConfig,
  type Schedule,
  type SettingPath,
  type SettingsChange,
  type Turns,
} from '#main/contract/index.ts';
import type { Part } from './catalogue-groups.ts';
import { exchangeGan, scheduleAs, turnsAs, withStabiliser } from './draft-changes.ts';
import { holds, inWords } from './recommended.ts';
import { RunLength } from './run-length.svelte.ts';
import { RunName } from './run-name.svelte.ts';
import { faultOfSettings } from './settings-faults.ts';
import { SettingsOrigin } from './settings-origin.svelte.ts';

type List = Exclude<keyof Catalogue, 'presets' | 'metrics'>;

export class Settings {
  draft = $state<RunConfig>(structuredClone(DEFAULT_RUN_CONFIG));
  catalogue = $state.raw<Catalogue | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** The open data set; undefined until one is open. */
  data = $state.raw<DatasetSummary | undefined>();
  readonly length = new RunLength(this);
  readonly origin = new SettingsOrigin(this);
  /** The first thing that is wrong with the settings, in words; undefined if nothing is. */
  readonly problem = $derived(
    faultOfSettings({ ...$state.snapshot(this.draft), name: this.name }, this.catalogue),
  );
  /** Says that the settings recommended by the GAN are set; undefined if it has none, or one was changed. */
  readonly usual = $derived.by(() => {
    const recommends = this.entry('gans', this.draft.gan.kind)?.recommends ?? {};
    return holds(this.draft, recommends, (batch) => this.batchThatFits(batch))
      ? inWords(recommends)
      : undefined;
  });

  readonly #api: Api;
  readonly #name: RunName;
  /** The batch that was chosen or recommended, which may be larger than the data set. */
  #preferredBatch = DEFAULT_RUN_CONFIG.batch;

  /**
   * @param first the settings at first
   * @param taken names of all runs
   */
  constructor(api: Api, first = DEFAULT_RUN_CONFIG, taken: () => readonly string[] = () => []) {
    this.#api = api;
    this.draft = structuredClone(first);
    this.#name = new RunName(first.name, taken);
  }

  /** What the run will be called. */
  get name(): string {
    return this.#name.value;
  }

  /** The name with a number that the run will have, if another run has its name; else undefined. */
  get numberedName(): string | undefined {
    return this.#name.numbered;
  }

  async load(): Promise<void> {
    try {
      this.catalogue = await this.#api.call('catalogue.list', {});
      this.failure = undefined;
      if (this.data && this.origin.isUntouched) this.origin.follow();
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Call it when a run has started with these settings. */
  started(): void {
    this.#name.used();
  }

  /** Changes a setting, and others that depend on it. */
  set(path: SettingPath, value: unknown): void {
    if (path === 'name') this.#name.type(String(value));
    else if (path === 'batch') this.setBatch(Number(value));
    else if (path === 'steps') this.length.setSteps(Number(value));
    else if (path === 'turns.kind') this.chooseTurns(turnsSchema.shape.kind.parse(value));
    else if (path === 'optimizer.schedule.kind') this.chooseSchedule(scheduleSchema.shape.kind.parse(value));
    else setAt(this.draft, path, value);
  }

  setBatch(batch: number): void {
    this.draft.batch = batch;
    this.#preferredBatch = batch;
  }

  /** Sets the batch, or as much of it as the data set has pictures. */
  fitBatch(batch: number): void {
    this.#preferredBatch = batch;
    this.draft.batch = this.batchThatFits(batch);
  }

  /** The batch, or the pictures of the data set if they are fewer; at least 2. */
  batchThatFits(batch: number): number {
    const images = this.data && this.data.count >= 2 ? this.data.count : Infinity;
    return Math.max(2, Math.min(batch, images));
  }

  /** Makes a change that a fix offers. */
  mend(change: SettingsChange): void {
    if (change.kind === 'remove') this.removeStabiliser(change.stabiliser);
    else if (change.kind === 'choose') this.use(change.part, change.entry);
    else if (change.kind === 'option') this.draft.gan.options[change.name] = change.value;
    else if (isSettingPath(change.path)) this.set(change.path, change.value);
  }

  /**
   * Chooses a GAN, with what it recommends; what the GAN before recommended goes back to what a new run has.
   */
  chooseGan(kind: string): void {
    const { draft } = this;
    const before = this.entry('gans', draft.gan.kind)?.recommends ?? {};
    const recommends = this.entry('gans', kind)?.recommends ?? {};
    exchangeGan(draft, { kind, before, recommends });
    if (before.batch !== undefined || recommends.batch !== undefined) this.fitBatch(draft.batch);
  }

  chooseLoss(kind: string): void {
    this.draft.loss = { kind, options: {} };
  }

  /** Adds a stabiliser, in the catalogue's order, which is that in which stabilisers are applied. */
  addStabiliser(kind: string): void {
    const order = this.catalogue?.stabilisers.map((each) => each.kind) ?? [];
    this.draft.stabilisers = withStabiliser(this.draft.stabilisers, { kind, order });
  }

  removeStabiliser(kind: string): void {
    this.draft.stabilisers = this.draft.stabilisers.filter((each) => each.kind !== kind);
  }

  chooseTurns(kind: Turns['kind']): void {
    this.draft.turns = turnsAs(kind, this.draft.turns);
  }

  chooseOptimizer(kind: string): void {
    Object.assign(this.draft.optimizer, { kind, options: {} });
  }

  chooseSchedule(kind: Schedule['kind']): void {
    this.draft.optimizer.schedule = scheduleAs(kind, this.draft);
  }

  /**
   * Takes a data set that is ready: names the run after it, fits the batch to it and, unless the person has
   * chosen or changed something, sets the preset that is recommended for it.
   */
  adopt(summary: DatasetSummary): void {
    const { isUntouched } = this.origin;
    this.#name.follow(summary);
    this.data = summary;
    this.length.dataChanged();
    if (isUntouched && this.catalogue) this.origin.follow();
    else if (Number.isFinite(this.#preferredBatch)) this.fitBatch(this.#preferredBatch);
  }

  /** Goes back to the settings that a new run has on this data set; the name stays. */
  reset(): void {
    const { dataset } = this.draft;
    this.origin.reset();
    this.draft = { ...structuredClone(DEFAULT_RUN_CONFIG), dataset };
    this.origin.follow();
    this.length.setStepsOfPreset();
  }

  /** Takes over all settings of a run but its data set, with a name for a copy. */
  takeOver(config: RunConfig): void {
    this.draft = structuredClone(config);
    this.#name.takeOver(config.name, config.dataset.source);
    this.#preferredBatch = config.batch;
    this.origin.takeOver();
    this.length.takeOver(config.steps);
  }

  /** The config of a run on a data set. `classes`: names of its classes. */
  configFor(dataset: RunConfig['dataset'], classes: string[] = []): RunConfig {
    return {
      ...$state.snapshot(this.draft),
      name: this.name,
      dataset: $state.snapshot(dataset),
      classes: [...classes],
    };
  }

  /** Chooses an entry of the catalogue; a stabiliser is added to those that are chosen. */
  use(part: Part, kind: string): void {
    if (part === 'gans') this.chooseGan(kind);
    else if (part === 'losses') this.chooseLoss(kind);
    else if (part === 'optimizers') this.chooseOptimizer(kind);
    else if (part === 'presets') this.origin.choose(kind);
    else this.addStabiliser(kind);
  }

  /** Whether an entry of the catalogue is chosen. */
  uses(part: Part, kind: string): boolean {
    const { gan, loss, stabilisers, optimizer } = this.draft;
    if (part === 'presets') return this.origin.preset?.kind === kind && !this.origin.isChanged;
    const chosen = { gans: [gan], losses: [loss], stabilisers, optimizers: [optimizer] }[part];
    return chosen.some((each) => each.kind === kind);
  }

  /**
   * An entry of the catalogue; undefined if there is none of this kind, and until the catalogue has loaded.
   */
  entry<Name extends List>(list: Name, kind: string): Catalogue[Name][number] | undefined {
    const entries: readonly Catalogue[Name][number][] | undefined = this.catalogue?.[list];
    return entries?.find((entry) => entry.kind === kind);
  }

  /** A list of the catalogue as items of a select; empty until the catalogue has loaded. */
  choices(list: keyof Catalogue): { value: string; label: string; description: string }[] {
    return (this.catalogue?.[list] ?? []).map(({ kind, label, summary }) => ({
      value: kind,
      label,
      description: summary,
    }));
  }
}
