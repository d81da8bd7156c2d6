/**
 * Whether a run can be made of the settings: the trainer is asked once they have settled, and its last answer
 * stands until the next.
 */
import type { Api, Failure, RunConfig } from '#main/contract/index.ts';
import { Settling } from './settling.ts';

export class RunCheck {
  /** Why no run can be made of the settings last answered for. */
  refusal = $state.raw<Failure | undefined>();

  readonly #api: Api;
  readonly #settling = new Settling();
  #ticket = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Forgets the answer, for settings that others have replaced as a whole. */
  forget(): void {
    this.#settling.cancel();
    this.#ticket++;
    this.refusal = undefined;
  }

  /** Asks about these settings; only the newest are answered. */
  ask(config: RunConfig): void {
    this.#settling.putOff(() => void this.#ask(config));
  }

  async #ask(config: RunConfig): Promise<void> {
    const ticket = ++this.#ticket;
    try {
      const refusal = await this.#api.call('run.check', { config });
      if (ticket === this.#ticket) this.refusal = refusal ?? undefined;
    } catch {
      // A trainer that is gone says nothing of the settings; Start asks again.
    }
  }
}
