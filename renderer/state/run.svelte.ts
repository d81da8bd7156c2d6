/** The run in the trainer, and the commands that start, pause, resume and stop it. */
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

/** A command on its way to the trainer. */
export type Order = 'start' | 'open' | 'resume' | 'pause' | 'continue' | 'step' | 'stop' | 'save';

/** Statuses of the first event of a run. */
const BEGINS: readonly RunStatus[] = ['starting', 'training', 'failed'];
const CANCELLED: Failure = {
  code: 'cancelled',
  message: 'The run was cancelled.',
  remedy: 'Resume it again.',
};
/** Events of a resumed run that may come before its status. */
const BEFORE_A_RESUMED_RUN: readonly RunEvent['type'][] = ['resumed', 'warning', 'data-changed'];

export class Run {
  /** The run that the window shows, from the moment it is requested until another one is. */
  record = $state.raw<RunRecord | undefined>();
  /** The command that has not been answered yet. */
  order = $state<Order | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly active = $derived(this.record?.active ?? false);
  readonly status: RunStatus | undefined = $derived(this.record?.status);

  readonly #api: Api;
  readonly #left: (record: RunRecord) => void;
  /**
   * The run before the requested one, until that one sends its first event or its answer. Until then, events
   * belong to the run before, which also comes back if the requested one is refused.
   */
  #before: { record: RunRecord | undefined } | undefined;
  /** Whether the requested run has been cancelled. */
  #cancelled = false;

  /** @param left called with each record that is replaced by that of another run */
  constructor(api: Api, left: (record: RunRecord) => void = () => undefined) {
    this.#api = api;
    this.#left = left;
  }

  /** Starts a run; resolves to whether it has started. */
  start(config: RunConfig, changedData: ChangedData = 'refuse'): Promise<boolean> {
    return this.#begin('start', new RunRecord(this.#api, { config }), () =>
      this.#api.call('run.start', { config, changedData }),
    );
  }

  /** Opens a run at a checkpoint, with its past; resolves to whether it is open. */
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

  /** Resumes a run, with its past up to the checkpoint; resolves to whether it goes on. */
  resume(input: CommandInput<'run.resume'>): Promise<boolean> {
    return this.#beginAgain('resume', input.folder, () => this.#api.call('run.resume', input));
  }

  /**
   * Finds the run that the trainer has when the page opens, since its window may have been closed or
   * reloaded.
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

  /** Tries again to save the last state of a run, after that has failed. */
  async save(): Promise<void> {
    await this.#move('save', () => this.#api.call('run.save', {}));
    // The failure is that of the run's status: do not show it twice.
    if (this.status === 'unsaved') this.failure = undefined;
  }

  /** Ends an unsaved run without its last state. */
  endUnsaved(): Promise<void> {
    return this.#move('stop', () => this.#api.call('run.endUnsaved', {}));
  }

  /** Cancels the run that is being started or resumed; the one before it is shown again. */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    try {
      await this.#api.call('run.cancel', {});
    } catch {
      // The answer to the start says what became of it.
    }
    // If the command came too late, the run has begun.
    if (this.active) await this.stop();
  }

  /** Stops showing a run that was moved to the trash. */
  forget(folder: string): void {
    if (this.is(folder) && !this.active) this.record = undefined;
  }

  /** Whether this is the run in the trainer. */
  is(folder: string): boolean {
    return this.record?.folder === folder;
  }

  /** Passes an event to the record that it belongs to. */
  apply(event: RunEvent): void {
    if (this.#before && this.#isFirst(event)) this.#begun();
    const record = this.#before ? this.#before.record : this.record;
    record?.apply(event);
  }

  /** Call it when the trainer's process has ended: a run that was under way is interrupted. */
  interrupted(failure: Failure): void {
    this.#begun();
    if (this.record?.active) this.record.fail(failure, 'interrupted');
  }

  /**
   * Whether an event is the first of the requested run: its status or, of a resumed run, an event that may
   * come before. Any other is still of the run before.
   */
  #isFirst(event: RunEvent): boolean {
    if (event.type === 'run-state') return BEGINS.includes(event.status);
    return this.order === 'resume' && BEFORE_A_RESUMED_RUN.includes(event.type);
  }

  /** Lets go of the run before, since the requested one is under way. */
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
      // A status from an event that overtook the answer is newer.
      if (later !== 'starting') next.status = later;
      return true;
    } catch (error) {
      this.#refused(next, toFailure(error));
      return false;
    } finally {
      this.order = undefined;
    }
  }

  /** Shows the run before again, if the requested one has not begun; else the latter has failed. */
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
