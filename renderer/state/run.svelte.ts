/** The run in the trainer, and the commands that move it. */
import { toFailure, type Api, type CurrentRun, type Failure, type RunConfig, type RunEvent, type RunStatus } from '#main/contract/index.ts';
import { RunRecord } from './run-record.svelte.ts';

type Order = 'start' | 'open' | 'pause' | 'continue' | 'stop';

const BEGINS: readonly RunStatus[] = ['starting', 'training', 'failed'];

export class Run {
  record = $state.raw<RunRecord | undefined>();
  /** The command that has not been answered yet. */
  order = $state<Order | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly active = $derived(this.record?.active ?? false);
  readonly status: RunStatus | undefined = $derived(this.record?.status);

  readonly #api: Api;
  /** The run asked for; becomes `record` with its first state or its answer, so that a refused start loses nothing. */
  #next: RunRecord | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Resolves to whether the run started. */
  start(config: RunConfig): Promise<boolean> {
    return this.#begin('start', new RunRecord(config), () => this.#api.call('run.start', { config }));
  }

  /** Resolves to whether the run is open. */
  open(folder: string): Promise<boolean> {
    return this.#begin('open', new RunRecord(), () => this.#api.call('run.open', { folder }));
  }

  pause(): Promise<void> {
    return this.#move('pause', () => this.#api.call('run.pause', {}));
  }

  continue(): Promise<void> {
    return this.#move('continue', () => this.#api.call('run.continue', {}));
  }

  stop(): Promise<void> {
    return this.#move('stop', () => this.#api.call('run.stop', {}));
  }

  apply(event: RunEvent): void {
    // A run begins with its state; what comes before that while a start is unanswered is the last of the run before it.
    if (event.type === 'run-state' && BEGINS.includes(event.status)) this.#promote();
    this.record?.apply(event);
  }

  /** The trainer's process ended: a run that was under way has failed. */
  interrupted(failure: Failure): void {
    this.#promote();
    if (this.record?.active) this.record.fail(failure);
  }

  #promote(): void {
    if (!this.#next) return;
    this.record = this.#next;
    this.#next = undefined;
  }

  async #begin(order: Order, next: RunRecord, call: () => Promise<CurrentRun>): Promise<boolean> {
    if (this.order) return false;
    this.order = order;
    this.failure = undefined;
    this.#next = next;
    try {
      const current = await call();
      const later = next.status;
      this.#promote();
      next.adopt(current);
      // Events that overtook the answer know better.
      if (later !== 'starting') next.status = later;
      return true;
    } catch (error) {
      if (this.record === next) next.fail(toFailure(error));
      else this.failure = toFailure(error);
      return false;
    } finally {
      this.#next = undefined;
      this.order = undefined;
    }
  }

  async #move(order: Order, call: () => Promise<CurrentRun>): Promise<void> {
    const { record } = this;
    if (!record || this.order) return;
    this.order = order;
    this.failure = undefined;
    try {
      record.adopt(await call());
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.order = undefined;
    }
  }
}
