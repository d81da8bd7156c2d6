/** The run that Start would begin: its settings, whether they make a run, and how long it would take. */
import type { Api, ChangedData, DatasetSummary, RunConfig, RunListing } from '#main/contract/index.ts';
import type { Dataset, OpenedBy } from './dataset.svelte.ts';
import { Estimate } from './estimate.svelte.ts';
import { hindranceOf, type Hindrance } from './hindrance.ts';
import { RunCheck } from './run-check.svelte.ts';
import type { Run } from './run.svelte.ts';
import { Settings } from './settings.svelte.ts';

type NextRunInput = {
  api: Api;
  dataset: Pick<Dataset, 'opening' | 'summary' | 'failure' | 'choice' | 'changed' | 'pictures'>;
  run: Pick<Run, 'active' | 'order' | 'record' | 'start'>;
  /** Names of all runs. */
  taken: () => readonly string[];
};

export class NextRun {
  readonly settings: Settings;
  readonly check: RunCheck;
  readonly estimate: Estimate;
  /** Whether it is shown instead of the run in the trainer, by views that show one or the other. */
  isShown = $state(true);
  /** Folder of the run that has these settings: it was started with them, or they were taken over from it. */
  basis = $state<string | undefined>();
  readonly #dataset: NextRunInput['dataset'];
  readonly #run: NextRunInput['run'];

  constructor({ api, dataset, run, taken }: NextRunInput) {
    this.#dataset = dataset;
    this.#run = run;
    this.settings = new Settings(api, undefined, taken);
    this.check = new RunCheck(api);
    this.estimate = new Estimate(api, (pace) => this.settings.length.keepTime(pace));
  }

  /** Its config; undefined without a data set to train on. */
  get config(): RunConfig | undefined {
    const { choice, summary } = this.#dataset;
    const classes = summary?.classes.map(({ name }) => name);
    return choice && this.settings.configFor(choice, classes);
  }

  /** Why Start cannot be pressed now, and what to do about it; undefined if it can. */
  get hindrance(): Hindrance | undefined {
    const { settings, check, estimate } = this;
    return hindranceOf({ dataset: this.#dataset, settings, check, estimate });
  }

  /** Whether the hindrance offers to change the setting at this path. */
  isAtFault(path: string): boolean {
    const change = this.hindrance?.fix?.change;
    return change?.kind === 'set' && change.path === path;
  }

  /**
   * Takes a data set that is ready; one that the person opened or changed is for this run, which is then
   * shown.
   */
  adopt(summary: DatasetSummary, by: OpenedBy): void {
    this.settings.adopt(summary);
    if (by === 'person' && !this.#run.active) this.isShown = true;
  }

  /** Takes over the settings of a run. */
  takeOver({ config, folder }: Pick<RunListing, 'config' | 'folder'>): void {
    this.settings.takeOver(config);
    this.basis = folder;
  }

  /** Asks the trainer whether the settings make a run; call it when they may have changed. */
  ask(): void {
    const { config } = this;
    if (config && this.settings.problem === undefined && !this.#run.active) this.check.ask(config);
  }

  /** Has the time per step measured; call it when the settings may have changed. */
  measure(): void {
    const { config, hindrance } = this;
    const can = !hindrance || hindrance.isMeasuring;
    if (config && can && !this.#run.active && !this.#run.order) this.estimate.ask(config);
    else this.estimate.rest();
  }

  /**
   * Starts it. Resolves to whether it has started, or to undefined if a start was not tried.
   * @param begins called when the start is tried
   */
  async start(changedData: ChangedData, begins: () => void): Promise<boolean | undefined> {
    await this.#dataset.pictures.settled();
    const { config } = this;
    const run = this.#run;
    if (!config || this.hindrance || run.active) return undefined;
    this.isShown = false;
    begins();
    const hasStarted = await run.start(config, changedData);
    if (hasStarted) {
      this.settings.started();
      this.basis = run.record?.folder;
    } else this.isShown = run.record?.config !== config && !run.active;
    return hasStarted;
  }
}
