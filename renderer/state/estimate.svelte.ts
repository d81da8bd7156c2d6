/**
 * How fast a run with these settings would be on this machine, and how much disk space it takes. It is
 * measured once the settings have settled, and again when a setting changes that matters for it.
 */
import { toFailure, type Api, type CommandOutput, type RunConfig } from '#main/contract/index.ts';
import { paceKey, type Pace } from './run-length.svelte.ts';
import { Settling } from './settling.ts';

/** Milliseconds without another change before it is measured. */
const SETTLE = 600;

export class Estimate {
  /** The newest measurement, which is of earlier settings while `measuring`. */
  pace = $state.raw<CommandOutput<'run.estimate'> | undefined>();
  /** Whether the settings have changed and are not measured yet. */
  measuring = $state(false);
  /** Whether the last measurement failed. */
  failed = $state(false);

  readonly #api: Api;
  readonly #measured: (pace: Pace) => void;
  readonly #settling = new Settling(SETTLE);
  #ticket = 0;
  /** Key of the settings that `pace` is of or, while `measuring`, will be of. */
  #asked: string | undefined;

  constructor(api: Api, measured: (pace: Pace) => void = () => undefined) {
    this.#api = api;
    this.#measured = measured;
  }

  /** Measures a run with these settings; what is already known is passed to `measured` at once. */
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

  /** Stops measuring, as the settings make no run, or one is under way. */
  rest(): void {
    this.#settling.cancel();
    if (!this.measuring) return;
    this.#ticket++;
    this.measuring = false;
    this.#asked = undefined;
  }

  /** Forgets what was measured, as the trainer now has another number of processor cores. */
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
