/** The whole window's state: one class per topic, and the one place where events are handed out. */
import { createContext } from 'svelte';
import {
  isRunEvent,
  toFailure,
  type Api,
  type AppEvent,
  type Catalogue,
  type CommandInput,
  type RunConfig,
  type RunEvent,
  type RunListing,
  type StudioEvent,
} from '#main/contract/index.ts';
import { Appearance } from './appearance.svelte.ts';
import { Dataset } from './dataset.svelte.ts';
import { Exports } from './exports.svelte.ts';
import { Inspector } from './inspector.svelte.ts';
import { Lab } from './lab.svelte.ts';
import { Latent } from './latent.svelte.ts';
import { Library } from './library.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Recovery } from './recovery.svelte.ts';
import { RunCheck } from './run-check.svelte.ts';
import { Run } from './run.svelte.ts';
import { Settings } from './settings.svelte.ts';

export const [getStudio, setStudio] = createContext<Studio>();

export class Studio {
  readonly appearance = new Appearance();
  readonly navigation = new Navigation();
  readonly notices = new Notices();
  readonly dataset: Dataset;
  readonly settings: Settings;
  readonly check: RunCheck;
  readonly run: Run;
  readonly library: Library;
  readonly recovery: Recovery;
  readonly inspector: Inspector;
  readonly latent: Latent;
  readonly lab: Lab;
  readonly exports: Exports;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.settings = new Settings(api);
    this.dataset = new Dataset({ api, opened: (summary) => this.settings.adopt(summary) });
    this.check = new RunCheck(api);
    this.run = new Run(api);
    this.library = new Library({ api, run: this.run });
    this.recovery = new Recovery({ library: this.library, run: this.run, dataset: this.dataset });
    this.inspector = new Inspector(api, () => this.gan?.phases ?? []);
    this.latent = new Latent({ api, can: (use) => this.gan?.uses.some((each) => each.use === use) ?? false });
    this.lab = new Lab(api);
    this.exports = new Exports(api);
    api.subscribe((events) => events.forEach((event) => this.apply(event)));
    this.dataset.openBuiltIn('digits');
    void this.settings.load();
    void this.#recover();
  }

  /** What the catalogue says of the GAN of the run in the trainer. */
  get gan(): Catalogue['gans'][number] | undefined {
    const kind = this.run.record?.config?.gan.kind;
    return kind === undefined ? undefined : this.settings.entry('gans', kind);
  }

  /** Why Start cannot be pressed now, and what to do about it; undefined when it can. */
  get hindrance(): { message: string; remedy: string } | undefined {
    const { dataset, settings } = this;
    if (dataset.opening) return { message: 'The dataset is being prepared.', remedy: '' };
    if (!dataset.choice) return { message: 'Choose a dataset with images first.', remedy: '' };
    return settings.problem === undefined ? this.check.refusal : { message: settings.problem, remedy: '' };
  }

  /**
   * Asks the trainer whether a run can be made of the settings as they are; call it when they may have
   * changed.
   */
  checkSettings(): void {
    const config = this.#config();
    if (config && this.settings.problem === undefined && !this.run.active) this.check.ask(config);
  }

  async start(): Promise<void> {
    const config = this.#config();
    if (!config || this.hindrance || this.run.active) return;
    this.navigation.go('train');
    if (await this.run.start(config)) this.#changedRun();
  }

  /** Loads a run's generator and shows its past. */
  async openRun(folder: string): Promise<void> {
    if (!(await this.run.open(folder))) return;
    this.#changedRun();
    this.navigation.go('train');
    this.notices.say(`${this.run.record?.config?.name ?? 'The run'} is open.`);
  }

  async resumeRun(input: CommandInput<'run.resume'>): Promise<void> {
    if (this.run.active || !(await this.run.resume(input))) return;
    this.#changedRun();
    this.navigation.go('train');
  }

  /** Fills the dataset and the settings from an earlier run, ready to be changed and started. */
  async duplicate(config: RunConfig): Promise<void> {
    this.settings.takeOver(config);
    this.navigation.go('train');
    if (await this.dataset.reopen(config.dataset))
      this.notices.say(`The settings are those of ${config.name}; change what you like and press Start.`);
    else if (this.dataset.failure) this.navigation.go('dataset');
  }

  async trashRun(listing: RunListing): Promise<void> {
    if (!(await this.library.trash(listing))) return;
    if (this.recovery.trouble?.resumable === listing.folder) this.recovery.trouble = undefined;
    this.notices.say(`${listing.config.name} is in the trash.`);
  }

  async reveal(path: string): Promise<void> {
    try {
      await this.#api.call('studio.reveal', { path });
    } catch (error) {
      this.notices.say(toFailure(error).message, 'danger');
    }
  }

  apply(event: StudioEvent): void {
    if (isRunEvent(event)) this.#followRun(event);
    else this.#react(event);
  }

  #react(event: AppEvent): void {
    switch (event.type) {
      case 'dataset-progress':
        this.dataset.apply(event);
        return;
      case 'folder-dropped':
        this.navigation.go('dataset');
        this.dataset.openFolder(event.path);
        return;
      case 'pictures-dropped':
        this.latent.takeDropped(event.paths);
        return;
      case 'drop-refused':
        this.notices.say(`${event.failure.message} ${event.failure.remedy}`, 'danger');
        return;
      case 'host-crashed':
        this.#hostCrashed(event);
        return;
      default:
        event satisfies never;
    }
  }

  #config(): RunConfig | undefined {
    const { choice, summary } = this.dataset;
    return choice && this.settings.configFor(choice, summary?.classes);
  }

  /** What the trainer holds comes first: the page may have been reloaded while it went on. */
  async #recover(): Promise<void> {
    await Promise.all([this.run.find(), this.library.load()]);
    this.recovery.offer();
  }

  /** The run's record takes what happened; then the window says what should not be missed. */
  #followRun(event: RunEvent): void {
    const wasActive = this.run.active;
    this.run.apply(event);
    if (event.type === 'samples' && this.navigation.shows('latent')) this.latent.refresh();
    if (event.type === 'run-state' && wasActive) this.#sayState(event);
    if (event.type === 'step-refused' || event.type === 'warning') this.#sayRemark();
  }

  #sayState({ status, failure }: Extract<RunEvent, { type: 'run-state' }>): void {
    if (status === 'finished') this.notices.say('The run has finished.', 'good');
    if (status === 'stopped') this.notices.say('The run has stopped.');
    if (status === 'paused') this.notices.say('The run is paused.');
    if (status === 'failed') this.notices.say(`The run failed. ${failure?.message ?? ''}`, 'danger');
  }

  /** The Train view keeps a remark in sight; elsewhere one that is new is said once. */
  #sayRemark(): void {
    const remark = this.run.record?.remarks.at(-1);
    if (remark?.times === 1 && !this.navigation.shows('train'))
      this.notices.say(`${remark.title} ${remark.remedy}`, 'danger');
  }

  #hostCrashed(event: Extract<StudioEvent, { type: 'host-crashed' }>): void {
    void this.recovery.crashed(event);
    if (event.host === 'library') {
      this.dataset.interrupted(event.failure);
      return;
    }
    this.latent.playing = false;
    this.run.interrupted(event.failure);
  }

  /** Forgets what belonged to the run before. */
  #changedRun(): void {
    this.recovery.trouble = undefined;
    this.inspector.clear();
    this.latent.clear();
    this.exports.clear();
  }
}
