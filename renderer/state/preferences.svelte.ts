/** The preferences, which a person sets once for the whole app; a change is saved at once. */
import {
  toFailure,
  type Api,
  type CommandInput,
  type CommandOutput,
  type Failure,
  type Preferences as Choices,
} from '#main/contract/index.ts';
import type { Library } from './library.svelte.ts';
import type { Notices } from './notices.svelte.ts';

type PreferencesAnswer = CommandOutput<'preferences.get'>;
type PreferencesInput = {
  api: Api;
  notices: Pick<Notices, 'say'>;
  library: Pick<Library, 'load'>;
  /** Called when the trainer has another number of processor cores than before. */
  coresChanged?: () => void;
};

export class Preferences {
  /** Undefined until the app has answered. */
  known = $state.raw<PreferencesAnswer | undefined>();
  /**
   * Why the last change of each preference was refused; for the folder also why no run can be saved there
   * now.
   */
  failures = $state.raw<Partial<Record<keyof Choices, Failure | undefined>>>({});
  /** The preference that is being saved. */
  saving = $state<keyof Choices | undefined>();
  #turn = Promise.resolve();
  readonly #api: Api;
  readonly #library: Pick<Library, 'load'>;
  readonly #coresChanged: () => void;

  /** Reads the preferences, and shows a notice if runs cannot be saved to their folder. */
  constructor({ api, notices, library, coresChanged = () => undefined }: PreferencesInput) {
    this.#api = api;
    this.#coresChanged = coresChanged;
    this.#library = library;
    void this.load().then(() => {
      const trouble = this.known?.folderTrouble;
      if (trouble) notices.say(`${trouble.message} ${trouble.remedy}`, 'danger');
    });
  }

  async load(): Promise<void> {
    await this.#change('runsFolder', () => this.#api.call('preferences.get', {}));
  }

  async set(changes: CommandInput<'preferences.set'>): Promise<void> {
    const [name] = Object.keys(changes) as (keyof Choices)[];
    if (name === undefined) return;
    const before = this.known?.preferences.threads;
    await this.#change(name, () => this.#api.call('preferences.set', changes));
    if (this.known?.preferences.threads !== before) this.#coresChanged();
  }

  async chooseRunsFolder(to: 'ask' | 'default'): Promise<void> {
    const before = this.known?.preferences.runsFolder;
    await this.#change('runsFolder', () => this.#api.call('preferences.chooseRunsFolder', { to }));
    if (this.known?.preferences.runsFolder !== before) void this.#library.load();
  }

  /**
   * Makes changes one after another, so that none is lost while the app restarts a process for the one
   * before.
   */
  #change(name: keyof Choices, ask: () => Promise<PreferencesAnswer>): Promise<void> {
    this.#turn = this.#turn.then(() => this.#make(name, ask));
    return this.#turn;
  }

  async #make(name: keyof Choices, ask: () => Promise<PreferencesAnswer>): Promise<void> {
    this.saving = name;
    this.#fail(name, undefined);
    try {
      this.known = await ask();
      this.#fail('runsFolder', this.known.folderTrouble);
    } catch (error) {
      this.#fail(name, toFailure(error));
    } finally {
      this.saving = undefined;
    }
  }

  #fail(name: keyof Choices, failure: Failure | undefined): void {
    this.failures = { ...this.failures, [name]: failure };
  }
}
