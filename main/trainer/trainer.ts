/**
 * The trainer holds at most one run at a time, and answers between its steps. The utility process around it
 * is a thin shell.
 */
import {
  StudioError,
  type CommandInput,
  type CurrentRun,
  type RunEvent,
  type RunStatus,
} from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { openRunData, Run } from '../runs/index.ts';
import { begin, newRun, runAgain, type Begun, type BeginInput, type Ready } from './begin.ts';
import { inTraining, openCheckpoint, type Current } from './current.ts';
import { noRun, notPaused, runBeginning, runUnderWay, runUnsaved } from './failures.ts';

export class Trainer {
  private readonly folders: Folders;
  private readonly decoders: Decoders;
  private readonly emit: (event: RunEvent) => void;
  private current: Current | undefined;
  private beginning: { stop: AbortController; begun: Promise<unknown> } | undefined;

  constructor(given: { folders: Folders; decoders: Decoders; emit: (event: RunEvent) => void }) {
    this.folders = given.folders;
    this.decoders = given.decoders;
    this.emit = given.emit;
  }

  /**
   * Starts a new run in the runs folder, under a name that is free there; throws StudioError while another
   * one is under way.
   */
  async start(asked: CommandInput<'run.start'>): Promise<CurrentRun> {
    return this.exclusively((given) => newRun(asked, given));
  }

  /**
   * Goes on from a checkpoint, the newest whole one by default; throws StudioError while a run is under way,
   * here or in another process.
   */
  async resume(asked: CommandInput<'run.resume'>): Promise<CurrentRun> {
    return this.exclusively((given) => runAgain(asked, given));
  }

  /** Opens a checkpoint, by default the newest whole one, to explore and export its model. */
  async open(asked: CommandInput<'run.open'>): Promise<CurrentRun> {
    await this.whenIdle();
    this.requireIdle();
    this.replace(openCheckpoint(asked, this.openData));
    return this.describe();
  }

  /** What the trainer holds; throws StudioError `no-run`. */
  held(): Current {
    if (this.current) return this.current;
    throw noRun();
  }

  /** A description of what the trainer holds. */
  now(): CurrentRun | null {
    return this.current ? this.describe() : null;
  }

  /** Holds before the next step, and saves a checkpoint. */
  pause(): CurrentRun {
    const { current } = this;
    if (current?.training && current.status === 'training') {
      this.changeStatus(current, 'paused');
      this.take(current, current.training.run.save());
    }
    return this.describe();
  }

  continue(): CurrentRun {
    const { current } = this;
    if (current?.training && current.status === 'paused') {
      current.inspector.forget();
      this.changeStatus(current, 'training');
      current.training.steering.goOn();
    }
    return this.describe();
  }

  /** Takes one step of a paused run and holds it again; throws StudioError `not-paused`. */
  async step(): Promise<CurrentRun> {
    const { current } = this;
    if (!current?.training || current.status !== 'paused') throw notPaused();
    current.inspector.forget();
    await current.training.steering.once();
    return this.describe();
  }

  /** Frees what the inspector holds. */
  leaveInspector(): void {
    this.current?.inspector.forget();
  }

  /**
   * Cancels the run that is being started, which leaves nothing behind: its start rejects with StudioError
   * `cancelled`. Returns the run that is open then, which is the previous one.
   */
  async cancel(): Promise<CurrentRun | null> {
    const { beginning } = this;
    beginning?.stop.abort();
    await beginning?.begun.catch(() => undefined);
    return this.now();
  }

  /**
   * Ends the run after the running step and saves a checkpoint; resolves when that is done. A run whose last
   * state could not be saved keeps it.
   */
  async stop(): Promise<CurrentRun> {
    if (!this.isUnsaved) await this.current?.training?.steering.stop();
    return this.describe();
  }

  /** Ends an unsaved run without its last state; any other run stays as it is. */
  async endUnsaved(): Promise<CurrentRun> {
    if (this.isUnsaved) await this.current?.training?.steering.endUnsaved();
    return this.describe();
  }

  /**
   * Tries again to save the last state of a run that is unsaved, which then ends as it would have. Throws
   * StudioError `not-written` when the disk refuses it again, and `no-run`.
   */
  async save(): Promise<CurrentRun> {
    const { training, status } = this.held();
    if (training && status === 'unsaved') {
      await training.steering.once();
      const { failure } = this.held();
      if (failure && this.isUnsaved) throw new StudioError(failure);
      await training.steering.ended;
    }
    return this.describe();
  }

  /** Throws StudioError while the trainer holds a state that the disk does not have. */
  requireNoLoss(): void {
    this.requireIdle();
    this.current?.requireNoLoss();
  }

  /** Stops what trains and frees everything; a last state that cannot be saved now is lost. */
  async close(): Promise<void> {
    await this.cancel();
    await (this.isUnsaved ? this.save() : this.stop()).catch(() => undefined);
    if (this.isUnsaved) await this.endUnsaved();
    this.letGo();
    this.current = undefined;
  }

  /** Opens the pictures of a run, where they lie by now. */
  private readonly openData = async ({ folder }: Run, signal: AbortSignal): Promise<Dataset> => {
    const { folders, decoders } = this;
    return (await openRunData(Run.open(folder), { folders, decoders, signal })).dataset;
  };

  /** Starts or resumes a run, if no other is under way or being started. */
  private async exclusively(ready: (given: BeginInput) => Promise<Ready>): Promise<CurrentRun> {
    await this.whenIdle();
    // Another command may have waited for the same end.
    this.requireIdle();
    const { folders, decoders } = this;
    const stop = new AbortController();
    const { signal } = stop;
    const begun = ready({ folders, decoders, signal })
      .then((run) => begin(run, signal))
      .then((run) => this.train(run));
    this.beginning = { stop, begun };
    try {
      return await begun;
    } finally {
      this.beginning = undefined;
    }
  }

  /**
   * Throws StudioError `run-under-way` while there is a run. Waits for one that has reported its end and is
   * about to let go.
   */
  async whenIdle(): Promise<void> {
    const { status, training } = this.current ?? {};
    if (status === 'finished' || status === 'stopped' || status === 'failed') await training?.steering.ended;
    this.requireIdle();
  }

  private requireIdle(): void {
    if (this.current?.training) throw underWay(this.current);
    if (this.beginning) throw runBeginning();
  }

  private get isUnsaved(): boolean {
    return this.current?.status === 'unsaved';
  }

  /** Trains the run, which replaces the previous one. */
  private train(begun: Begun): CurrentRun {
    const { steering, first } = begun;
    const current = inTraining(begun, this.openData);
    this.replace(current);
    this.take(current, first);
    steering.train({ status: () => current.status, take: (events) => this.take(current, events) });
    void steering.ended.then(() => {
      current.training = undefined;
    });
    return this.describe();
  }

  /** Updates what is held by the run's events, and passes them on. */
  private take(current: Current, events: RunEvent[]): void {
    for (const event of events) {
      current.take(event);
      this.emit(event);
    }
  }

  private changeStatus(current: Current, status: RunStatus): void {
    const event: RunEvent = { type: 'run-state', status, step: current.step };
    this.take(current, current.training?.run.tell(event) ?? [event]);
  }

  private replace(current: Current): void {
    this.letGo();
    this.current = current;
  }

  private letGo(): void {
    this.current?.dispose();
  }

  private describe(): CurrentRun {
    return this.held().describe();
  }
}

function underWay({ run, status }: Current): StudioError {
  const { name } = run.config;
  return status === 'unsaved' ? runUnsaved(name) : runUnderWay(name);
}
