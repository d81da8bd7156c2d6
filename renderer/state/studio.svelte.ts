/** The whole window's state: one class per topic, and the one place where events are handed out. */
import { createContext } from 'svelte';
import { toFailure, type Api, type StudioEvent } from '#main/contract/index.ts';
import { Appearance } from './appearance.svelte.ts';
import { Dataset } from './dataset.svelte.ts';
import { EarlierRuns } from './earlier-runs.svelte.ts';
import { Exports } from './exports.svelte.ts';
import { Latent } from './latent.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Run } from './run.svelte.ts';
import { Settings } from './settings.svelte.ts';

export const [getStudio, setStudio] = createContext<Studio>();

/** Milliseconds after a drop in which its folder must have been reported. */
const DROP_ANSWER = 2000;

export class Studio {
  readonly appearance = new Appearance();
  readonly navigation = new Navigation();
  readonly notices = new Notices();
  readonly dataset: Dataset;
  readonly settings: Settings;
  readonly run: Run;
  readonly earlierRuns: EarlierRuns;
  readonly latent: Latent;
  readonly exports: Exports;
  readonly #api: Api;
  #dropUnanswered: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    this.#api = api;
    this.settings = new Settings(api);
    this.dataset = new Dataset({ api, opened: (summary) => this.settings.adopt(summary) });
    this.run = new Run(api);
    this.earlierRuns = new EarlierRuns(api);
    this.latent = new Latent(api);
    this.exports = new Exports(api);
    api.subscribe((events) => events.forEach((event) => this.apply(event)));
    this.dataset.openBuiltIn('digits');
    void this.settings.load();
  }

  /** Why Start cannot be pressed now; undefined when it can. */
  get hindrance(): string | undefined {
    if (this.dataset.opening) return 'The dataset is being prepared.';
    if (!this.dataset.choice) return 'Choose a dataset with images first.';
    return this.settings.problem;
  }

  async start(): Promise<void> {
    const dataset = this.dataset.choice;
    if (!dataset || this.hindrance || this.run.active) return;
    this.navigation.go('train');
    if (await this.run.start(this.settings.configFor(dataset))) this.#forgetRun();
  }

  async openRun(folder: string): Promise<void> {
    if (await this.run.open(folder)) {
      this.#forgetRun();
      this.notices.say(`${this.run.record?.config?.name ?? 'The run'} is open.`);
    }
  }

  async reveal(path: string): Promise<void> {
    try {
      await this.#api.call('studio.reveal', { path });
    } catch (error) {
      this.notices.say(toFailure(error).message, 'danger');
    }
  }

  /** Something was dropped on the window; the preload script is to report its folder. */
  dropped(): void {
    clearTimeout(this.#dropUnanswered);
    this.#dropUnanswered = setTimeout(
      () => this.notices.say('What you dropped is not one folder. Drop one folder that holds all the images.', 'danger'), DROP_ANSWER,
    );
  }

  apply(event: StudioEvent): void {
    switch (event.type) {
      case 'losses':
      case 'progress':
      case 'checkpoint-saved':
        this.run.apply(event);
        return;
      case 'samples':
        this.run.apply(event);
        if (this.navigation.view === 'latent') this.latent.refresh();
        return;
      case 'run-state':
        if (this.run.active) this.#tellState(event);
        this.run.apply(event);
        return;
      case 'dataset-progress':
        this.dataset.apply(event);
        return;
      case 'folder-dropped':
        clearTimeout(this.#dropUnanswered);
        this.navigation.go('dataset');
        this.dataset.openFolder(event.path);
        return;
      case 'host-crashed':
        this.#hostCrashed(event);
        return;
      default:
        event satisfies never;
    }
  }

  #tellState({ status, failure }: Extract<StudioEvent, { type: 'run-state' }>): void {
    if (status === 'finished') this.notices.say('The run has finished.', 'good');
    if (status === 'stopped') this.notices.say('The run has stopped.');
    if (status === 'paused') this.notices.say('The run is paused.');
    if (status === 'failed') this.notices.say(`The run failed. ${failure?.message ?? ''}`, 'danger');
  }

  #hostCrashed({ host, failure }: Extract<StudioEvent, { type: 'host-crashed' }>): void {
    const { record } = this.run;
    if (host === 'library') {
      const kept = this.dataset.summary ? 'The dataset that was ready is still here.' : 'Your images are untouched.';
      this.notices.crash = { title: 'Preparing images ended unexpectedly', failure, kept };
      this.dataset.interrupted(failure);
      return;
    }
    const checkpoint = record?.checkpoint;
    const kept = record?.active
      ? `Losses and samples up to step ${record.step} are kept${checkpoint === undefined ? '' : `, with a checkpoint of step ${checkpoint}`}.`
      : 'Your runs on disk are untouched.';
    this.notices.crash = { title: 'Training ended unexpectedly', failure, kept };
    this.latent.playing = false;
    this.run.interrupted(failure);
  }

  #forgetRun(): void {
    this.latent.clear();
    this.exports.clear();
  }
}
