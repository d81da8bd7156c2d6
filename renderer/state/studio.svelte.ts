/**
 * The state of the whole window: one class for each topic, and what concerns several of them. The folder
 * imports the contract and parts, but no topic or view.
 */
import { createContext } from 'svelte';
import {
  toFailure,
  type Api,
  type Catalogue,
  type ChangedData,
  type CommandInput,
  type Failure,
  type Fix,
  type RunListing,
  type WhichCheckpoint,
} from '#main/contract/index.ts';
import { Appearance } from './appearance.svelte.ts';
import { CurrentSamples } from './current-samples.svelte.ts';
import { areLost, DataQuestion } from './data-question.svelte.ts';
import { Dataset } from './dataset.svelte.ts';
import { follow } from './follow-events.ts';
import { FirstRun } from './first-run.svelte.ts';
import { Exports } from './exports.svelte.ts';
import { Inspector } from './inspector.svelte.ts';
import { Lab } from './lab.svelte.ts';
import { Latent } from './latent.svelte.ts';
import { Library } from './library.svelte.ts';
import { MenuChoices } from './menu-choices.svelte.ts';
import { Measuring } from './measuring.svelte.ts';
import { Navigation, type NamedView } from './navigation.svelte.ts';
import { NextRun } from './next-run.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Recovery } from './recovery.svelte.ts';
import { Run } from './run.svelte.ts';
import { wordsOf } from './run-words.ts';
import { Seekers } from './seekers.svelte.ts';
import type { Settings } from './settings.svelte.ts';

export const [getStudio, setStudio] = createContext<Studio>();

export class Studio {
  readonly appearance = new Appearance();
  readonly navigation = new Navigation();
  readonly notices = new Notices();
  readonly dataset: Dataset;
  readonly run: Run;
  readonly next: NextRun;
  readonly settings: Settings;
  readonly library: Library;
  readonly recovery: Recovery;
  readonly inspector: Inspector;
  readonly latent: Latent;
  readonly lab: Lab;
  readonly exports: Exports;
  readonly measuring: Measuring;
  readonly currentSamples: CurrentSamples;
  readonly preferences: Preferences;
  readonly dataQuestion: DataQuestion;
  readonly menu: MenuChoices;
  readonly firstRun: FirstRun;
  readonly seekers: Seekers;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.dataset = new Dataset({ api, opened: (summary, by) => this.next.adopt(summary, by) });
    this.run = new Run(api, (left) => this.library.keep(left));
    this.next = new NextRun({ api, dataset: this.dataset, run: this.run, taken: () => this.library.names });
    this.settings = this.next.settings;
    this.library = new Library({ api, run: this.run, words: (listing) => wordsOf(listing, this.settings) });
    this.recovery = new Recovery({ library: this.library, run: this.run, dataset: this.dataset });
    this.dataQuestion = new DataQuestion(api, () => void this.library.load());
    this.inspector = new Inspector(
      api,
      () => this.gan?.phases ?? [],
      (failure) => {
        const { inspected } = this.seekers;
        if (failure.code === 'data-changed' && inspected) this.dataQuestion.askOfRun(inspected, failure);
      },
    );
    this.latent = new Latent({ api, can: (use) => this.gan?.uses.some((each) => each.use === use) ?? false });
    this.lab = new Lab(api);
    this.exports = new Exports(api);
    this.measuring = new Measuring(api);
    this.currentSamples = new CurrentSamples(api);
    this.preferences = new Preferences({
      api,
      notices: this.notices,
      library: this.library,
      coresChanged: () => this.next.estimate.forget(),
    });
    this.menu = new MenuChoices(api, this);
    this.firstRun = new FirstRun(this);
    this.seekers = new Seekers(this);
    api.subscribe((events) => events.forEach((event) => follow(this, event)));
    void this.settings.load();
    void this.dataset.openLast();
    void this.recovery.begin().then(() => this.run.record && (this.next.isShown = false));
  }

  /** The catalogue's entry of the GAN of the run in the trainer. */
  get gan(): Catalogue['gans'][number] | undefined {
    const kind = this.run.record?.config?.gan.kind;
    return kind === undefined ? undefined : this.settings.entry('gans', kind);
  }

  /** What the run bar shows: the new run in the views that prepare it, else the run in the trainer. */
  get telling(): 'draft' | 'run' {
    const prepares = this.navigation.shows('train') || this.navigation.shows('dataset');
    return !this.run.record || (this.next.isShown && prepares && !this.run.active) ? 'draft' : 'run';
  }

  /** The step of the newest checkpoint, as far as known: the run in the trainer resumes from there. */
  get resumesFrom(): number {
    const { record } = this.run;
    const listing = this.library.entries?.find(({ folder }) => folder === record?.folder);
    return record?.checkpoint ?? record?.checkpoints.newest?.step ?? listing?.checkpoint ?? record?.step ?? 0;
  }

  /** Shows the settings of a new run, as they were left; the run in the trainer stays open. */
  newRun(): void {
    this.next.isShown = true;
    this.navigation.go('train');
  }

  /** Shows the run in the trainer again; the settings of the new one stay as they are. */
  backToRun(): void {
    this.next.isShown = false;
    this.navigation.go('train');
  }

  /** Starts the next run; if the pictures have changed since the person looked at them, asks first. */
  async start(changedData: ChangedData = 'refuse'): Promise<void> {
    const hasStarted = await this.next.start(changedData, () => {
      this.seekers.lost = undefined;
      this.navigation.go('train');
    });
    if (hasStarted) this.#changedRun();
    else if (hasStarted === false)
      this.#askOnce(['data-changed'], (failure) => this.dataQuestion.askBeforeStart(failure, this));
  }

  /** Opens a run at a checkpoint, and shows it in a view. */
  async openRun(
    folder: string,
    { checkpoint = 'newest', view = 'train' }: { checkpoint?: WhichCheckpoint; view?: NamedView } = {},
  ): Promise<void> {
    const from = this.navigation.view;
    if (await this.run.open(folder, checkpoint)) this.#show(view, from);
  }

  /** Shows the run that is open now, unless the person has left the view `from` meanwhile. */
  #show(view: NamedView, from: string): void {
    this.#changedRun();
    this.next.isShown = false;
    if (this.navigation.view === from) this.navigation.go(view);
  }

  /** Measures a run that is not under way: as it is open, or else at its newest checkpoint. */
  async measureRun(folder: string): Promise<void> {
    if (!this.run.is(folder)) {
      if (!(await this.run.open(folder))) return;
      this.#changedRun();
    }
    const { record } = this.run;
    if (record) await this.measuring.show(record.step);
  }

  async resumeRun(input: CommandInput<'run.resume'>): Promise<void> {
    if (this.run.active) return;
    this.seekers.lost = undefined;
    const from = this.navigation.view;
    if (await this.run.resume(input)) return this.#show('train', from);
    const seeker = this.seekers.resumed(input);
    const failure = this.run.failure ?? this.run.record?.failure;
    if (failure && areLost(failure)) this.seekers.lost = seeker;
    this.#askOnce(['data-changed'], (changed) => this.dataQuestion.askOfRun(seeker, changed));
    this.#askOnce(['precision-slow', 'precision-unsupported'], (slow) =>
      this.dataQuestion.askPrecision(slow, (precision) => void this.resumeRun({ ...input, precision })),
    );
  }

  /** Takes over the data set and the settings of a run, to be changed and started. */
  async duplicate({ config, folder }: Pick<RunListing, 'config' | 'folder'>): Promise<void> {
    this.next.takeOver({ config, folder });
    this.newRun();
    if (await this.dataset.reopen(config.dataset, { folder, name: config.name }))
      this.notices.say(`The settings are those of ${config.name}; change what you like and press Start.`);
    else if (this.dataset.failure) this.navigation.go('dataset');
  }

  /**
   * Makes a change that a run's health suggests, in the settings of the next run, which are otherwise those
   * of that run. Shows them unless a run is under way.
   */
  async mend(run: Pick<RunListing, 'config' | 'folder'>, { label, change }: Fix): Promise<void> {
    const isNext = this.next.basis === run.folder;
    if (this.run.active) {
      if (!isNext) this.next.takeOver(run);
      this.notices.say(
        `Changed for the next run: ${label.charAt(0).toLowerCase()}${label.slice(1)}.`,
        'good',
      );
    } else if (isNext && this.dataset.choice) this.newRun();
    else await this.duplicate(run);
    this.settings.mend(change);
  }

  /** Moves a run to the trash. `name`: its name or, if it cannot be read, its folder. */
  async trashRun({ folder, name }: { folder: string; name: string }): Promise<void> {
    if (!(await this.library.trash({ folder }))) return;
    if (this.recovery.trouble?.resumable === folder) this.recovery.trouble = undefined;
    this.notices.say(`${name} is in the trash.`);
  }

  async reveal(path: string): Promise<void> {
    try {
      await this.#api.call('studio.reveal', { path });
    } catch (error) {
      this.notices.say(toFailure(error).message, 'danger');
    }
  }

  /** Shows the pictures as they are on disk now. */
  lookAgain(): void {
    this.navigation.go('dataset');
    this.dataset.tryAgain();
  }

  /** Asks about a run that was refused for one of these reasons, instead of showing the failure. */
  #askOnce(reasons: readonly string[], ask: (failure: Failure) => void): void {
    const { failure } = this.run;
    if (!failure || !reasons.includes(failure.code)) return;
    this.run.failure = undefined;
    ask(failure);
  }

  /** Forgets what belongs to the run before. */
  #changedRun(): void {
    this.recovery.trouble = undefined;
    this.seekers.lost = undefined;
    this.inspector.clear();
    this.latent.clear();
    this.exports.clear();
    this.measuring.clear();
    this.currentSamples.clear();
  }
}
