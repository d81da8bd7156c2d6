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
  type Preset,
  type RunConfig,
  type Schedule,
  type SettingPath,
  type SettingsChange,
  type Turns,
} from '#main/contract/index.ts';
import type { Part } from './catalogue-groups.ts';
import { exchangeGan, scheduleAs, turnsAs, withStabiliser } from './draft-changes.ts';
import { matches, ofPreset, PRESET_FIELDS } from './preset-match.ts';
import { holds, inWords, recommendedFor } from './recommended.ts';
import { paceKey, RunLength, type Pace } from './run-length.svelte.ts';
import { RunName } from './run-name.svelte.ts';
import { faultOfSettings } from './settings-faults.ts';

type List = Exclude<keyof Catalogue, 'presets' | 'metrics'>;

export class Settings {
  draft = $state<RunConfig>(structuredClone(DEFAULT_RUN_CONFIG));
  catalogue = $state.raw<Catalogue | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly length = new RunLength();
  /** Changed settings that a preset took the place of, with the preset that they began with. */
  replaced = $state.raw<{ settings: RunConfig; preset: Preset | undefined } | undefined>();
  /** The first thing wrong with the settings, ready to be shown; undefined when they are fine. */
  readonly problem = $derived(
    faultOfSettings({ ...$state.snapshot(this.draft), name: this.name }, this.catalogue),
  );
  /** The time is kept, and the steps that fit into it are not known yet: the pace is not that of these settings. */
  readonly lengthPending: boolean = $derived.by(
    () => this.length.kept === 'time' && this.#fitted !== this.#paced,
  );
  /** Recommended for the data set that is open; undefined where no preset is. */
  readonly recommended: Preset | undefined = $derived.by(() => recommendedFor(this.catalogue, this.#data));
  /** The preset that the settings began with, whatever was changed since; undefined where they began without. */
  readonly preset: Preset | undefined = $derived.by(() => this.#presetOf(this.#began));
  /** Whether something was changed that the preset is about; without one, that a new run begins with. */
  readonly isChanged = $derived(!this.#isAs(this.preset));
  /** Says which usual settings of the GAN are set; undefined when it has none, or one of them was changed. */
  readonly usual = $derived.by(() => {
    const recommends = this.entry('gans', this.draft.gan.kind)?.recommends ?? {};
    return holds(this.draft, recommends, this.#batchThatFits) ? inWords(recommends) : undefined;
  });

  readonly #api: Api;
  readonly #name: RunName;
  readonly #batchThatFits = (batch: number): number => Math.max(2, Math.min(batch, this.#images));
  /** Kind of the preset that the settings began with. */
  #began = $state<string | undefined>();
  /** The person chose a preset, or took over a run: what is recommended no longer replaces that. */
  #chosen = false;
  #preferredBatch = DEFAULT_RUN_CONFIG.batch;
  #data = $state.raw<DatasetSummary | undefined>();
  /** What the pace of a run depends on, as a key. */
  readonly #paced: string = $derived.by(() => `${this.#dataChanges} ${paceKey($state.snapshot(this.draft))}`);
  /** What the steps were fitted to the kept time for. */
  #fitted = $state<string | undefined>();
  #dataChanges = $state(0);
  /** In the dataset. */
  readonly #images = $derived(this.#data && this.#data.count >= 2 ? this.#data.count : Infinity);

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
      if (this.#data && this.#isUntouched()) this.#begin(this.recommended);
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
    else if (path === 'steps') this.setSteps(Number(value));
    else if (path === 'turns.kind') this.chooseTurns(turnsSchema.shape.kind.parse(value));
    else if (path === 'optimizer.schedule.kind') this.chooseSchedule(scheduleSchema.shape.kind.parse(value));
    else setAt(this.draft, path, value);
  }

  setBatch(batch: number): void {
    this.draft.batch = batch;
    this.#preferredBatch = batch;
  }

  setSteps(steps: number): void {
    this.draft.steps = steps;
    this.length.keepSteps();
  }

  /** Trains for so many seconds; the pace of these settings is given as soon as it is known. */
  setSeconds(seconds: number, pace: Pace | undefined): void {
    this.length.keepTime(seconds);
    this.#fitted = undefined;
    this.keepTime(pace);
  }

  /** Fits the steps to the time that is kept, if it is. */
  keepTime(pace: Pace | undefined): void {
    const steps = this.length.stepsAt(pace);
    if (steps === undefined) return;
    this.draft.steps = steps;
    this.#fitted = this.#paced;
  }

  /** As many steps as the preset says. */
  setStepsOfPreset(): void {
    this.draft.steps = this.stepsOfPreset;
    this.length.keepPreset();
  }

  get stepsOfPreset(): number {
    return ofPreset(this.preset).steps;
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
    if (before.batch !== undefined || recommends.batch !== undefined) this.#fit(draft.batch);
  }

  /** The person's choice: the preset's settings, whatever was changed; name, seed and length stay. */
  applyPreset(kind: string): void {
    const preset = this.#presetOf(kind);
    if (!preset) return;
    this.#keepChanges();
    this.#chosen = true;
    this.#begin(preset);
  }

  /** Undoes what was changed of the preset. */
  undoChanges(): void {
    this.#keepChanges();
    this.#begin(this.preset);
  }

  /** Puts the changed settings back that a preset took the place of; name, seed and length stay. */
  restoreChanges(): void {
    if (this.replaced) this.#begin(this.replaced.preset, this.replaced.settings);
    this.replaced = undefined;
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
   * Names the run after its data set, fits the batch to few pictures, and takes what is recommended for them, unless
   * the person has chosen or changed something.
   */
  adopt(summary: DatasetSummary): void {
    const isUntouched = this.#isUntouched();
    this.#name.follow(summary);
    this.#data = summary;
    this.#dataChanges++;
    if (isUntouched && this.catalogue) this.#begin(this.recommended);
    else if (Number.isFinite(this.#preferredBatch)) this.#fit(this.#preferredBatch);
  }

  /** Back to the settings that a new run begins with on this data set, but for its name. */
  reset(): void {
    const { dataset } = this.draft;
    this.#keepChanges();
    this.#chosen = false;
    this.length.keepPreset();
    this.draft = { ...structuredClone(DEFAULT_RUN_CONFIG), dataset };
    this.#begin(this.recommended);
  }

  /** Takes over all of a run's settings, under another name; the dataset is chosen beside them. */
  takeOver(config: RunConfig): void {
    this.draft = structuredClone(config);
    this.replaced = undefined;
    this.#name.takeOver(config.name, config.dataset.source);
    this.#chosen = true;
    this.#preferredBatch = config.batch;
    this.#began = this.catalogue?.presets.find((preset) => this.#isAs(preset))?.kind;
    if (config.steps === this.stepsOfPreset) this.length.keepPreset();
    else this.length.keepSteps();
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
    else if (part === 'presets') this.applyPreset(kind);
    else this.addStabiliser(kind);
  }

  /** Whether an entry of the catalogue is chosen. */
  uses(part: Part, kind: string): boolean {
    const { gan, loss, stabilisers, optimizer } = this.draft;
    if (part === 'presets') return this.preset?.kind === kind && !this.isChanged;
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

  #keepChanges(): void {
    if (this.isChanged) this.replaced = { settings: $state.snapshot(this.draft), preset: this.preset };
  }

  /** Begins with this preset, with what a new run has where it is none, or with other settings than it says. */
  #begin(preset: Preset | undefined, settings = ofPreset(preset)): void {
    this.#began = preset?.kind;
    for (const field of PRESET_FIELDS) Object.assign(this.draft, { [field]: settings[field] });
    if (this.length.kept === 'preset') this.draft.steps = this.stepsOfPreset;
    this.#fit(settings.batch);
  }

  /** Prefers this batch, and takes as much of it as the dataset has. */
  #fit(batch: number): void {
    this.#preferredBatch = batch;
    this.draft.batch = this.#batchThatFits(batch);
  }

  /** Neither chosen by the person nor changed. */
  #isUntouched(): boolean {
    return !this.#chosen && !this.isChanged;
  }

  #isAs(preset: Preset | undefined): boolean {
    const wanted = ofPreset(preset);
    return matches(
      $state.snapshot(this.draft),
      { ...wanted, batch: this.#batchThatFits(wanted.batch) },
      this.catalogue,
    );
  }

  #presetOf(kind: string | undefined): Preset | undefined {
    return this.catalogue?.presets.find((each) => each.kind === kind);
  }
}
