/** The settings of the next run, and the catalogue that they choose from. */
import {
  DEFAULT_RUN_CONFIG,
  numberFault,
  PLAIN_OPTIMIZER,
  runConfigSchema,
  scheduleSchema,
  setAt,
  toFailure,
  turnsSchema,
  withRecommended,
  type Api,
  type Catalogue,
  type Choice,
  type DatasetSummary,
  type Failure,
  type RunConfig,
  type Schedule,
  type SettingPath,
  type Turns,
} from '#main/contract/index.ts';
import { schemaFields, type SchemaField } from '../parts/schema-fields.ts';
import type { Part } from './catalogue-groups.ts';
import { fieldsOf, holds, inWords } from './recommended.ts';

type List = Exclude<keyof Catalogue, 'presets' | 'metrics'>;

/**
 * Turns of D to one of G with which several of them begin: as many as Wasserstein GANs were published with.
 */
const SEVERAL = 5;

export class Settings {
  draft = $state<RunConfig>(structuredClone(DEFAULT_RUN_CONFIG));
  catalogue = $state.raw<Catalogue | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** The first thing wrong with the settings, ready to be shown; undefined when they are fine. */
  readonly problem = $derived(problemOf($state.snapshot(this.draft)) ?? this.#optionsProblem());
  /** Kind of the preset whose settings these are; undefined once one of them was changed. */
  readonly preset = $derived(
    this.catalogue?.presets.find(({ recommends }) => holds(this.draft, recommends, this.#batchThatFits))
      ?.kind,
  );
  /** Says which usual settings of the GAN are set; undefined when it has none, or one of them was changed. */
  readonly usual = $derived.by(() => {
    const recommends = this.entry('gans', this.draft.gan.kind)?.recommends ?? {};
    return holds(this.draft, recommends, this.#batchThatFits) ? inWords(recommends) : undefined;
  });

  readonly #api: Api;
  readonly #batchThatFits = (batch: number): number => Math.max(2, Math.min(batch, this.#images));
  #nameIsOurs = true;
  #preferredBatch = DEFAULT_RUN_CONFIG.batch;
  /** In the dataset. */
  #images = $state(Infinity);

  /** @param first what they are to begin with */
  constructor(api: Api, first = DEFAULT_RUN_CONFIG) {
    this.#api = api;
    this.draft = structuredClone(first);
  }

  async load(): Promise<void> {
    try {
      this.catalogue = await this.#api.call('catalogue.list', {});
      this.failure = undefined;
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Changes a setting, and what hangs together with it. */
  set(path: SettingPath, value: unknown): void {
    if (path === 'name') this.setName(String(value));
    else if (path === 'batch') this.setBatch(Number(value));
    else if (path === 'turns.kind') this.chooseTurns(turnsSchema.shape.kind.parse(value));
    else if (path === 'optimizer.schedule.kind') this.chooseSchedule(scheduleSchema.shape.kind.parse(value));
    else setAt(this.draft, path, value);
  }

  setName(name: string): void {
    this.draft.name = name;
    this.#nameIsOurs = false;
  }

  setBatch(batch: number): void {
    this.draft.batch = batch;
    this.#preferredBatch = batch;
  }

  /** With its usual settings; those of the GAN before it go back to what a new run has. */
  chooseGan(kind: string): void {
    const { draft } = this;
    const before = fieldsOf(this.entry('gans', draft.gan.kind)?.recommends);
    const recommends = this.entry('gans', kind)?.recommends ?? {};
    for (const field of before) Object.assign(draft, { [field]: structuredClone(DEFAULT_RUN_CONFIG[field]) });
    Object.assign(draft, { gan: { kind, options: {} } }, structuredClone(recommends));
    if (before.includes('batch') || recommends.batch !== undefined) this.#fit(draft.batch);
  }

  /** The settings of a new run with those of the preset, for the dataset that is there. */
  applyPreset(kind: string): void {
    const { dataset, name } = this.draft;
    const preset = this.catalogue?.presets.find((each) => each.kind === kind);
    if (!preset) return;
    this.draft = { ...withRecommended(DEFAULT_RUN_CONFIG, preset.recommends), dataset, name };
    this.#fit(this.draft.batch);
  }

  chooseLoss(kind: string): void {
    this.draft.loss = { kind, options: {} };
  }

  /** Puts it where it takes hold: the catalogue's order. */
  addStabiliser(kind: string): void {
    if (this.draft.stabilisers.some((each) => each.kind === kind)) return;
    const kinds = this.catalogue?.stabilisers.map((each) => each.kind) ?? [];
    const place = (choice: Choice): number => kinds.indexOf(choice.kind);
    this.draft.stabilisers = [...this.draft.stabilisers, { kind, options: {} }].sort(
      (a, b) => place(a) - place(b),
    );
  }

  removeStabiliser(kind: string): void {
    this.draft.stabilisers = this.draft.stabilisers.filter((each) => each.kind !== kind);
  }

  chooseTurns(kind: Turns['kind']): void {
    const { discriminator } = this.draft.turns;
    this.draft.turns = {
      kind,
      discriminator: kind === 'several' && discriminator === 1 ? SEVERAL : discriminator,
    };
  }

  chooseOptimizer(kind: string): void {
    Object.assign(this.draft.optimizer, { kind, options: {} });
  }

  /** A fall begins as one over the whole run; constant rates forget it, as its fields are no longer seen. */
  chooseSchedule(kind: Schedule['kind']): void {
    const { optimizer, steps } = this.draft;
    const plain = PLAIN_OPTIMIZER.schedule;
    if (kind === 'constant') optimizer.schedule = { ...plain };
    else if (optimizer.schedule.kind === 'constant')
      optimizer.schedule = { ...plain, kind, over: Number.isFinite(steps) ? steps : plain.over };
    else optimizer.schedule.kind = kind;
  }

  /** Names the run after its dataset, until the person names it, and keeps a batch within a small dataset. */
  adopt(summary: DatasetSummary): void {
    if (this.#nameIsOurs) this.draft.name = summary.name.slice(0, 120) || DEFAULT_RUN_CONFIG.name;
    this.#images = summary.count >= 2 ? summary.count : Infinity;
    if (Number.isFinite(this.#preferredBatch)) this.#fit(this.#preferredBatch);
  }

  /** Prefers this batch, and takes as much of it as the dataset has. */
  #fit(batch: number): void {
    this.#preferredBatch = batch;
    this.draft.batch = this.#batchThatFits(batch);
  }

  /**
   * Back to the settings that a new run starts from, but for its name, with a batch that fits the dataset.
   */
  reset(summary: DatasetSummary | undefined): void {
    const { dataset, name } = this.draft;
    this.draft = { ...structuredClone(DEFAULT_RUN_CONFIG), dataset, name };
    this.#preferredBatch = DEFAULT_RUN_CONFIG.batch;
    if (summary) this.adopt(summary);
  }

  /** Takes over all of a run's settings, under another name; the dataset is chosen beside them. */
  takeOver(config: RunConfig): void {
    this.draft = { ...structuredClone(config), name: nameOfCopy(config.name) };
    this.#nameIsOurs = false;
    this.#preferredBatch = config.batch;
  }

  /** @param classes names of the dataset's classes, which a GAN that is not told them leaves out */
  configFor(dataset: RunConfig['dataset'], classes: string[] = []): RunConfig {
    return { ...$state.snapshot(this.draft), dataset: $state.snapshot(dataset), classes: [...classes] };
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
    if (part === 'presets') return this.preset === kind;
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

  #optionsProblem(): string | undefined {
    const { gan, loss, stabilisers, optimizer } = this.draft;
    const chosen: [List, Choice][] = [
      ['gans', gan],
      ['losses', loss],
      ...stabilisers.map((each): [List, Choice] => ['stabilisers', each]),
      ['optimizers', optimizer],
    ];
    for (const [list, { kind, options }] of chosen) {
      for (const field of schemaFields(this.entry(list, kind)?.options ?? {})) {
        const fault = optionFault(field, options[field.key]);
        if (fault !== undefined) return fault;
      }
    }
    return undefined;
  }
}

/** "Digits" -> "Digits, changed" -> "Digits, changed 2". */
export function nameOfCopy(name: string): string {
  const [, first = name, times] = /^(.*), changed(?: (\d+))?$/.exec(name) ?? [];
  const next = first === name ? '' : ` ${Number(times ?? 1) + 1}`;
  return `${first.slice(0, 100)}, changed${next}`;
}

function problemOf(draft: RunConfig): string | undefined {
  const { error } = runConfigSchema.safeParse(draft);
  return error && toFailure(error).message;
}

/**
 * What is wrong with an option of a choice; undefined where it fits, or was not given and stays as it starts.
 */
function optionFault(field: SchemaField, value: unknown): string | undefined {
  if (field.kind !== 'number' || value === undefined) return undefined;
  const { label, integer, minimum, maximum } = field;
  const fault = numberFault(value, { integer, minimum, maximum, above: false });
  return fault && `${label}: ${fault}.`;
}
