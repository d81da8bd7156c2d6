/** The settings of the next run, and the catalogue that they choose from. */
import {
  DEFAULT_RUN_CONFIG, PLAIN_OPTIMIZER, runConfigSchema, toFailure,
  type Api, type Catalogue, type CatalogueEntry, type DatasetSummary, type Failure, type RunConfig, type Schedule,
} from '#main/contract/index.ts';
import { isInRange, schemaFields } from '../parts/schema-fields.ts';

export class Settings {
  draft = $state<RunConfig>(structuredClone(DEFAULT_RUN_CONFIG));
  catalogue = $state.raw<Catalogue | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** The first thing wrong with the settings, ready to be shown; undefined when they are fine. */
  readonly problem = $derived(problemOf($state.snapshot(this.draft)) ?? this.#optionsProblem());

  readonly #api: Api;
  #nameIsOurs = true;
  #preferredBatch = DEFAULT_RUN_CONFIG.batch;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    try {
      this.catalogue = await this.#api.call('catalogue.list', {});
      this.failure = undefined;
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  setName(name: string): void {
    this.draft.name = name;
    this.#nameIsOurs = false;
  }

  setBatch(batch: number): void {
    this.draft.batch = batch;
    this.#preferredBatch = batch;
  }

  chooseGan(kind: string): void {
    this.draft.gan = { kind, options: {} };
  }

  chooseLoss(kind: string): void {
    this.draft.loss = { kind, options: {} };
  }

  chooseOptimizer(kind: string): void {
    Object.assign(this.draft.optimizer, { kind, options: {} });
  }

  /** A fall begins as one over the whole run; constant rates forget it, as its fields are no longer seen. */
  chooseSchedule(kind: Schedule['kind']): void {
    const { optimizer, steps } = this.draft;
    const plain = PLAIN_OPTIMIZER.schedule;
    if (kind === 'constant') optimizer.schedule = { ...plain };
    else if (optimizer.schedule.kind === 'constant') optimizer.schedule = { ...plain, kind, over: Number.isFinite(steps) ? steps : plain.over };
    else optimizer.schedule.kind = kind;
  }

  /** Names the run after its dataset, until the person names it, and keeps a batch within a small dataset. */
  adopt(summary: DatasetSummary): void {
    if (this.#nameIsOurs) this.draft.name = summary.name.slice(0, 120) || DEFAULT_RUN_CONFIG.name;
    if (summary.count >= 2 && Number.isFinite(this.#preferredBatch)) {
      this.draft.batch = Math.min(this.#preferredBatch, summary.count);
    }
  }

  /** Back to the settings that a new run starts from, but for its name, with a batch that fits the dataset. */
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

  configFor(dataset: RunConfig['dataset']): RunConfig {
    return { ...$state.snapshot(this.draft), dataset: $state.snapshot(dataset) };
  }

  /** What the catalogue says of a choice; undefined until it has come. */
  entry(list: keyof Catalogue, kind: string): CatalogueEntry | undefined {
    return this.catalogue?.[list].find((entry) => entry.kind === kind);
  }

  /** A list of the catalogue as the items of a selection; empty until it has come. */
  choices(list: keyof Catalogue): { value: string; label: string; description: string }[] {
    return (this.catalogue?.[list] ?? []).map(({ kind, label, summary }) => ({ value: kind, label, description: summary }));
  }

  #optionsProblem(): string | undefined {
    const { gan, loss, optimizer } = this.draft;
    const chosen = [['gans', gan], ['losses', loss], ['optimizers', optimizer]] as const;
    for (const [list, { kind, options }] of chosen) {
      const wrong = schemaFields(this.entry(list, kind)?.options ?? {}).find((field) => !isInRange(field, options[field.key]));
      if (wrong) return `${wrong.label}: not in its range.`;
    }
    return undefined;
  }
}

const NAMES: Record<string, string> = {
  name: 'Name',
  'z.size': 'Size of z',
  'optimizer.learningRate.discriminator': 'Learning rate of D',
  'optimizer.learningRate.generator': 'Learning rate of G',
  'optimizer.schedule.from': 'From step',
  'optimizer.schedule.over': 'Over steps',
  'optimizer.schedule.floor': 'Down to (share)',
  'optimizer.clip': 'Clip gradients at',
  batch: 'Batch',
  steps: 'Steps',
  seed: 'Seed',
  averaging: 'Averaging',
  'samples.count': 'Sample images',
  'samples.everySteps': 'Steps between samples',
  'checkpoints.everySteps': 'Steps between checkpoints',
  'checkpoints.everyMinutes': 'Minutes between checkpoints',
  'checkpoints.keep': 'Checkpoints kept',
};

/** "Digits" -> "Digits, changed" -> "Digits, changed 2". */
export function nameOfCopy(name: string): string {
  const [, first = name, times] = /^(.*), changed(?: (\d+))?$/.exec(name) ?? [];
  const next = first === name ? '' : ` ${Number(times ?? 1) + 1}`;
  return `${first.slice(0, 100)}, changed${next}`;
}

function problemOf(draft: RunConfig): string | undefined {
  const result = runConfigSchema.safeParse(draft);
  if (result.success) return undefined;
  const issue = result.error.issues[0];
  if (!issue) return 'A setting is not as expected.';
  const path = issue.path.join('.');
  return `${NAMES[path] ?? path}: ${issue.message}.`;
}
