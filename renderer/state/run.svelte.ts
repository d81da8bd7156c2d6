/** The run in the trainer, and the commands that move it. */
import {
  StudioError,
  toFailure,
  type Api,
  type ChangedData,
  type CommandInput,
  type CurrentRun,
  type Failure,
  type RunConfig,
  type RunEvent,
  type RunStatus,
  type WhichCheckpoint,
} from '#main/contract/index.ts';
import { RunRecord } from './run-record.svelte.ts';

export type Order = 'start' | 'open' | 'resume' | 'pause' | 'continue' | 'step' | 'stop' | 'save';

const BEGINS: readonly RunStatus[] = ['starting', 'training', 'failed'];
const CANCELLED: Failure = {
  code: 'cancelled',
  message: 'The run was cancelled.',
  remedy: 'Resume it again.',
};
const BEFORE_A_RESUMED_RUN: readonly RunEvent['type'][] = ['resumed', 'warning', 'data-changed'];

export class Run {
  /** The run that the window tells of: from the moment it is asked for, until another one is. */
  record = $state.raw<RunRecord | undefined>();
  /** The command that has not been answered yet. */
  order = $state<Order | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly active = $derived(this.record?.active ?? false);
  readonly status: RunStatus | undefined = $derived(this.record?.status);

  readonly #api: Api;
  readonly #left: (record: RunRecord) => void;
  /**
   * Set until the run asked for gives its first sign or its answer: the run before it, to which events still
   * belong and which comes back when the new one is refused.
   */
  #before: { record: RunRecord | undefined } | undefined;
  /** Whether the run asked for is not wanted any more. */
  #cancelled = false;

  /** @param left is given each record that another run's takes the place of */
  constructor(api: Api, left: (record: RunRecord) => void = () => undefined) {
    this.#api = api;
    this.#left = left;
  }

  /** Resolves to whether the run started. */
  start(config: RunConfig, changedData: ChangedData = 'refuse'): Promise<boolean> {
    return this.#begin('start', new RunRecord(this.#api, { config }), () =>
      this.#api.call('run.start', { config, changedData }),
    );
  }

  /** Resolves to whether the run is open, with its past: at its newest whole checkpoint by default. */
  async open(folder: string, checkpoint: WhichCheckpoint = 'newest'): Promise<boolean> {
    const isOpen = await this.#beginAgain('open', folder, () =>
      this.#api.call('run.open', { folder, checkpoint }),
    );
    if (isOpen && this.record) {
      this.record.showItsSamples();
      void this.record.checkpoints.load();
    }
    return isOpen;
  }

  /** Resolves to whether the run goes on from its newest checkpoint, with its past up to there. */
  resume(input: CommandInput<'run.resume'>): Promise<boolean> {
    return this.#beginAgain('resume', input.folder, () => this.#api.call('run.resume', input));
  }

  /**
   * Finds the run that the trainer holds when this page opens: its window may have been closed or reloaded
   * meanwhile.
   */
  async find(): Promise<void> {
    try {
      const current = await this.#api.call('run.current', {});
      if (!current || this.record || this.order) return;
      const record = new RunRecord(this.#api);
      record.adopt(current);
      this.record = record;
      void record.joinPast().then(() => record.showItsSamples());
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  pause(): Promise<void> {
    return this.#move('pause', () => this.#api.call('run.pause', {}));
  }

  continue(): Promise<void> {
    return this.#move('continue', () => this.#api.call('run.continue', {}));
  }

  /** Takes one step of a paused run. */
  step(): Promise<void> {
    return this.#move('step', () => this.#api.call('run.step', {}));
  }

  stop(): Promise<void> {
    return this.#move('stop', () => this.#api.call('run.stop', {}));
  }

  /** Tries again to save the last state of a run that the disk refused. */
  async save(): Promise<void> {
    await this.#move('save', () => this.#api.call('run.save', {}));
    // The run itself says why it is not saved.
    if (this.status === 'unsaved') this.failure = undefined;
  }

  /** Ends an unsaved run without its last state. */
  endUnsaved(): Promise<void> {
    return this.#move('stop', () => this.#api.call('run.endUnsaved', {}));
  }

  /** Gives up the run that is being started or resumed; the one before it is shown again. */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    try {
      await this.#api.call('run.cancel', {});
    } catch {
      // The start itself says what became of it.
    }
    // Where the word came too late, the run has begun.
    if (this.active) await this.stop();
  }

  /** The run was moved to the trash: nothing is left to tell of. */
  forget(folder: string): void {
    if (this.is(folder) && !this.active) this.record = undefined;
  }

  /** Whether this is the run in the trainer. */
  is(folder: string): boolean {
    return this.record?.folder === folder;
  }

  /** Finds the record that the event belongs to; what the event means is the record's own affair. */
  apply(event: RunEvent): void {
    if (this.#before && this.#isFirst(event)) this.#begun();
    const record = this.#before ? this.#before.record : this.record;
    record?.apply(event);
  }

  /** The trainer's process ended: a run that was under way is interrupted. */
  interrupted(failure: Failure): void {
    this.#begun();
    if (this.record?.active) this.record.fail(failure, 'interrupted');
  }

  /**
   * A run begins with its state, a resumed one also with a word before; the rest is the last of the run
   * before it.
   */
  #isFirst(event: RunEvent): boolean {
    if (event.type === 'run-state') return BEGINS.includes(event.status);
    return this.order === 'resume' && BEFORE_A_RESUMED_RUN.includes(event.type);
  }

  /** The run asked for is under way: the one before it does not come back. */
  #begun(): void {
    const left = this.#before?.record;
    this.#before = undefined;
    if (left) this.#left(left);
  }

  #beginAgain(order: Order, folder: string, call: () => Promise<CurrentRun>): Promise<boolean> {
    const next = new RunRecord(this.#api, { folder });
    return this.#begin(order, next, async () => {
      await next.readPast();
      if (this.#cancelled) throw new StudioError(CANCELLED);
      return call();
    });
  }

  async #begin(order: Order, next: RunRecord, call: () => Promise<CurrentRun>): Promise<boolean> {
    if (this.order) return false;
    this.order = order;
    this.failure = undefined;
    this.#cancelled = false;
    this.#before = { record: this.record };
    this.record = next;
    try {
      const current = await call();
      const later = next.status;
      this.#begun();
      next.adopt(current);
      // Events that overtook the answer know better.
      if (later !== 'starting') next.status = later;
      return true;
    } catch (error) {
      this.#refused(next, toFailure(error));
      return false;
    } finally {
      this.order = undefined;
    }
  }

  /** A run that never began makes room for the one before it. */
  #refused(next: RunRecord, failure: Failure): void {
    const before = this.#before;
    this.#before = undefined;
    if (!before) {
      next.fail(failure);
      return;
    }
    this.record = before.record;
    if (failure.code !== CANCELLED.code) this.failure = failure;
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
