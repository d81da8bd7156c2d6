/**
 * Whether settings make a run: the trainer is asked once they have settled, and its last answer counts until
 * the next one.
 */
import type { Api, Failure, RunConfig } from '#main/contract/index.ts';
import { Settling } from './settling.ts';

export class RunCheck {
  /** Why the settings that were last checked make no run; undefined if they do. */
  refusal = $state.raw<Failure | undefined>();

  readonly #api: Api;
  readonly #settling = new Settling();
  #ticket = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Forgets the answer; call it when all settings have been replaced. */
  forget(): void {
    this.#settling.cancel();
    this.#ticket++;
    this.refusal = undefined;
  }

  /** Checks these settings once no newer ones have come for a while. */
  ask(config: RunConfig): void {
    this.#settling.putOff(() => void this.#ask(config));
  }

  async #ask(config: RunConfig): Promise<void> {
    const ticket = ++this.#ticket;
    try {
      const refusal = await this.#api.call('run.check', { config });
      if (ticket === this.#ticket) this.refusal = refusal ?? undefined;
    } catch {
      // The trainer has ended, which says nothing about the settings; Start checks them again.
    }
  }
}
