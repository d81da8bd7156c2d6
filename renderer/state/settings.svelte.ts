/** The settings of the next run, and the catalogue that they choose from. */
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
  /** The data set that is open, once one is. */
  data = $state.raw<DatasetSummary | undefined>();
  readonly length = new RunLength(this);
  readonly origin = new SettingsOrigin(this);
  /** The first thing wrong with the settings, ready to be shown; undefined when they are fine. */
  readonly problem = $derived(
    faultOfSettings({ ...$state.snapshot(this.draft), name: this.name }, this.catalogue),
  );
  /** Says which usual settings of the GAN are set; undefined when it has none, or one of them was changed. */
  readonly usual = $derived.by(() => {
    const recommends = this.entry('gans', this.draft.gan.kind)?.recommends ?? {};
    return holds(this.draft, recommends, (batch) => this.batchThatFits(batch))
      ? inWords(recommends)
      : undefined;
  });

  readonly #api: Api;
  readonly #name: RunName;
  #preferredBatch = DEFAULT_RUN_CONFIG.batch;

  /**
   * @param first what they are to begin with
   * @param taken names of the runs that there are
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

  /** What it will be called in place of its name, which another run has; undefined where none has it. */
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

  /** A run has started with these settings. */
  started(): void {
    this.#name.given();
  }

  /** Changes a setting, and what hangs together with it. */
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

  /** Prefers this batch, and takes as much of it as the data set has. */
  fitBatch(batch: number): void {
    this.#preferredBatch = batch;
    this.draft.batch = this.batchThatFits(batch);
  }

  /** As much of this batch as the data set has. */
  batchThatFits(batch: number): number {
    const images = this.data && this.data.count >= 2 ? this.data.count : Infinity;
    return Math.max(2, Math.min(batch, images));
  }

  /** Does away with a refusal. */
  mend(change: SettingsChange): void {
    if (change.kind === 'remove') this.removeStabiliser(change.stabiliser);
    else if (change.kind === 'choose') this.use(change.part, change.entry);
    else if (change.kind === 'option') this.draft.gan.options[change.name] = change.value;
    else if (isSettingPath(change.path)) this.set(change.path, change.value);
  }

  /** With its usual settings; those of the GAN before it go back to what a new run has. */
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

  /** Puts it where it takes effect: the catalogue's order. */
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
   * Names the run after its data set, fits the batch to few pictures, and takes what is recommended for them,
   * unless the person has chosen or changed something.
   */
  adopt(summary: DatasetSummary): void {
    const { isUntouched } = this.origin;
    this.#name.follow(summary);
    this.data = summary;
    this.length.dataChanged();
    if (isUntouched && this.catalogue) this.origin.follow();
    else if (Number.isFinite(this.#preferredBatch)) this.fitBatch(this.#preferredBatch);
  }

  /** Back to the settings that a new run begins with on this data set, but for its name. */
  reset(): void {
    const { dataset } = this.draft;
    this.origin.reset();
    this.draft = { ...structuredClone(DEFAULT_RUN_CONFIG), dataset };
    this.origin.follow();
    this.length.setStepsOfPreset();
  }

  /** Takes over all of a run's settings, under another name; the dataset is chosen beside them. */
  takeOver(config: RunConfig): void {
    this.draft = structuredClone(config);
    this.#name.takeOver(config.name, config.dataset.source);
    this.#preferredBatch = config.batch;
    this.origin.takeOver();
    this.length.takeOver(config.steps);
  }

  /** @param classes names of the dataset's classes, which a GAN that is not told them leaves out */
  configFor(dataset: RunConfig['dataset'], classes: string[] = []): RunConfig {
    return {
      ...$state.snapshot(this.draft),
      name: this.name,
      dataset: $state.snapshot(dataset),
      classes: [...classes],
    };
  }

  /** Chooses an entry of the catalogue; a stabiliser joins those that are chosen. */
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

  /** What the catalogue says of a choice; undefined until it has come. */
  entry<Name extends List>(list: Name, kind: string): Catalogue[Name][number] | undefined {
    const entries: readonly Catalogue[Name][number][] | undefined = this.catalogue?.[list];
    return entries?.find((entry) => entry.kind === kind);
  }

  /** A list of the catalogue as the items of a selection; empty until it has come. */
  choices(list: keyof Catalogue): { value: string; label: string; description: string }[] {
    return (this.catalogue?.[list] ?? []).map(({ kind, label, summary }) => ({
      value: kind,
      label,
      description: summary,
    }));
  }
}
