/**
 * How fast a run of these settings would be on this machine, and what it takes on the disk: measured once the settings have settled, and known until
 * one changes that matters for it.
 */
import { toFailure, type Api, type CommandOutput, type RunConfig } from '#main/contract/index.ts';
import { paceKey, type Pace } from './run-length.svelte.ts';
import { Settling } from './settling.ts';

/** Milliseconds without another change before it is measured. */
const SETTLE = 600;

export class Estimate {
  /** Of the settings last measured; of older ones while the new ones are being measured. */
  pace = $state.raw<CommandOutput<'run.estimate'> | undefined>();
  /** The settings have changed, and are not measured yet. */
  measuring = $state(false);
  /** It could not be measured. */
  failed = $state(false);

  readonly #api: Api;
  readonly #measured: (pace: Pace) => void;
  readonly #settling = new Settling(SETTLE);
  #ticket = 0;
  /** The settings that `pace` is of, or will be. */
  #asked: string | undefined;

  constructor(api: Api, measured: (pace: Pace) => void = () => undefined) {
    this.#api = api;
    this.#measured = measured;
  }

  /** Measures a run of these settings; what is known already is told at once. */
  ask(config: RunConfig): void {
    const asked = paceKey(config);
    if (asked === this.#asked) {
      if (this.pace && !this.measuring) this.#measured(this.pace);
      return;
    }
    this.#asked = asked;
    this.measuring = true;
    this.#ticket++;
    this.#settling.putOff(() => void this.#measure(config));
  }

  /** Nothing is to be measured now: the settings make no run, or one is under way. */
  rest(): void {
    this.#settling.cancel();
    if (!this.measuring) return;
    this.#ticket++;
    this.measuring = false;
    this.#asked = undefined;
  }

  /** What was measured holds no more: the trainer has other cores than before. */
  forget(): void {
    this.rest();
    this.pace = undefined;
    this.#asked = undefined;
  }

  async #measure(config: RunConfig): Promise<void> {
    const ticket = ++this.#ticket;
    try {
      const pace = await this.#api.call('run.estimate', { config });
      if (ticket !== this.#ticket) return;
      this.pace = pace;
      this.failed = false;
      this.measuring = false;
      this.#measured(pace);
    } catch (error) {
      if (ticket === this.#ticket) this.#endWithoutPace(toFailure(error).code === 'cancelled');
    }
  }

  #endWithoutPace(isCancelled: boolean): void {
    this.measuring = false;
    if (isCancelled) {
      this.#asked = undefined;
      return;
    }
    this.pace = undefined;
    this.failed = true;
  }
}
