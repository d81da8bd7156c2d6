/** What a person sets once for the whole studio, as the app keeps it; a change is saved at once. */
import {
  toFailure,
  type Api,
  type CommandInput,
  type CommandOutput,
  type Failure,
  type Preferences as Choices,
} from '#main/contract/index.ts';

type Known = CommandOutput<'preferences.get'>;

export class Preferences {
  /** Undefined until the app has answered. */
  known = $state.raw<Known | undefined>();
  /** Why the last change of each was refused; of the folder also why no run can go there now. */
  failures = $state.raw<Partial<Record<keyof Choices, Failure>>>({});
  /** The one that is being saved. */
  saving = $state<keyof Choices | undefined>();
  readonly #api: Api;
  readonly #runsMoved: () => void;

  constructor({ api, runsMoved }: { api: Api; runsMoved: () => void }) {
    this.#api = api;
    this.#runsMoved = runsMoved;
  }

  /** Reads them; resolves to the reason why no run can go to its folder now. */
  async load(): Promise<Failure | undefined> {
    await this.#change('runsFolder', () => this.#api.call('preferences.get', {}));
    return this.known?.folderTrouble;
  }

  async set(changes: CommandInput<'preferences.set'>): Promise<void> {
    const [name] = Object.keys(changes) as (keyof Choices)[];
    if (name !== undefined) await this.#change(name, () => this.#api.call('preferences.set', changes));
  }

  async chooseRunsFolder(to: 'ask' | 'default'): Promise<void> {
    const before = this.known?.preferences.runsFolder;
    await this.#change('runsFolder', () => this.#api.call('preferences.chooseRunsFolder', { to }));
    if (this.known?.preferences.runsFolder !== before) this.#runsMoved();
  }

  async #change(name: keyof Choices, ask: () => Promise<Known>): Promise<void> {
    if (this.saving !== undefined) return;
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
    const others = { ...this.failures };
    delete others[name];
    this.failures = failure ? { ...others, [name]: failure } : others;
  }
}
