/**
 * The trainer: at most one run at a time, answered between steps. The utility process that trains is a thin
 * shell around it.
 */
import fs from 'node:fs';
import {
  StudioError,
  type CommandInput,
  type CurrentRun,
  type ImageBatch,
  type RunEvent,
  type RunStatus,
  type WhichCheckpoint,
} from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import type { Inspector } from '../inspect/index.ts';
import { openRunData, Run } from '../runs/index.ts';
import { allWeightsFrom, withModel } from '../training/index.ts';
import { begin, newRun, runAgain, type Begun, type BeginInput, type Ready } from './begin.ts';
import { inTraining, openCheckpoint, type Current } from './current.ts';
import { currentSamples } from './current-samples.ts';
import {
  noRun,
  notPaused,
  notStill,
  onlyInMemory,
  runBeginning,
  runUnderWay,
  runUnsaved,
} from './failures.ts';
import type { Measurable } from './measurement.ts';
import type { Trained } from './model-commands.ts';

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

  /** Starts a new run in the runs folder, under a name that is free there; throws StudioError while another one is under way. */
  async start(asked: CommandInput<'run.start'>): Promise<CurrentRun> {
    return this.exclusively((given) => newRun(asked, given));
  }

  /**
   * Goes on from a checkpoint, the newest whole one by default; throws StudioError while a run is under way, here or in
   * another process.
   */
  async resume(asked: CommandInput<'run.resume'>): Promise<CurrentRun> {
    return this.exclusively((given) => runAgain(asked, given));
  }

  /** Loads a checkpoint's generator, to look at it and to export it: that of the newest whole one by default. */
  async open(asked: CommandInput<'run.open'>): Promise<CurrentRun> {
    await this.whenIdle();
    this.requireIdle();
    this.replace(openCheckpoint(asked, this.openData));
    return this.describe();
  }

  /** What is in the trainer now. */
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

  /** Lets go of what the inspector holds. */
  leaveInspector(): void {
    this.current?.inspector.forget();
  }

  /** The inspector of a run that holds still; throws StudioError `no-run` or `not-still`. */
  inspector(): Inspector {
    return this.still('inspected').inspector;
  }

  /** The model of a run that holds still, and its pictures; throws StudioError `no-run` or `not-still`. */
  measurable(): Measurable {
    const { run } = this.still('measured');
    return { ...this.trained(), openData: (signal) => this.openData(run, signal) };
  }

  private still(toBe: string): Current {
    const current = this.required();
    if (current.status === 'training' || current.status === 'starting') throw notStill(toBe);
    return current;
  }

  /**
   * Gives up the run that is being started, which leaves nothing behind: its start rejects with StudioError
   * `cancelled`. Answers the run that is open then, which is the one before.
   */
  async cancel(): Promise<CurrentRun | null> {
    const { beginning } = this;
    beginning?.stop.abort();
    await beginning?.begun.catch(() => undefined);
    return this.now();
  }

  /**
   * Ends the run after the running step and saves a checkpoint; answers when that is done. A run whose last state is
   * not saved keeps it: it was stopped already, or has become unsaved just now.
   */
  async stop(): Promise<CurrentRun> {
    if (!this.isUnsaved) await this.current?.training?.steering.stop();
    return this.describe();
  }

  /** Ends an unsaved run without its last state; any other stays as it is. */
  async giveUp(): Promise<CurrentRun> {
    if (this.isUnsaved) await this.current?.training?.steering.giveUp();
    return this.describe();
  }

  /**
   * Tries again to save the last state of a run that is unsaved, which then ends as it would have. Throws StudioError
   * `not-written` when the disk refuses it again, and `no-run`.
   */
  async save(): Promise<CurrentRun> {
    const { training, status } = this.required();
    if (training && status === 'unsaved') {
      await training.steering.once();
      const { failure } = this.required();
      if (failure && this.isUnsaved) throw new StudioError(failure);
      await training.steering.ended;
    }
    return this.describe();
  }

  /**
   * What there is of the run that one may take: its trained model, and where it stands. Throws StudioError
   * `no-run`.
   */
  trained(): Trained {
    const { run, model, step, weights } = this.required();
    return { config: run.config, model: model(), step, weights };
  }

  /**
   * Uses what `trained` answers, as a checkpoint of the run has it, which is freed afterwards; as it is now by default.
   * Throws StudioError `no-run`, or where that checkpoint cannot be read.
   */
  async withTrained<Result>(
    checkpoint: WhichCheckpoint | undefined,
    use: (trained: Trained) => Result | Promise<Result>,
  ): Promise<Result> {
    if (checkpoint === undefined) return use(this.trained());
    return withModel({ folder: this.required().run.folder, checkpoint }, ({ run, step, model }) =>
      use({
        config: run.config,
        model,
        step,
        weights: () => allWeightsFrom(run.config, run.checkpoint(step)),
      }),
    );
  }

  /** The sample grid by G's current weights; null where samples come from them anyway. Throws StudioError `no-run`. */
  async currentSamples(): Promise<ImageBatch | null> {
    return currentSamples(this.required());
  }

  /** Throws StudioError while it holds what the disk does not; a run whose folder is gone was thrown away. */
  requireNoLoss(): void {
    this.requireIdle();
    if (!this.current || !fs.existsSync(this.current.run.folder)) return;
    const { run, step } = this.current;
    if (canOpen(run, step)) return;
    // The newest that is whole, as opening it again would find it.
    const saved = run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint.step : 0;
    if (step !== saved) throw onlyInMemory({ name: run.config.name, step, saved });
  }

  /** Stops what trains and frees everything; a last state that cannot be saved now is lost. */
  async close(): Promise<void> {
    await this.cancel();
    await (this.isUnsaved ? this.save() : this.stop()).catch(() => undefined);
    if (this.isUnsaved) await this.giveUp();
    this.letGo();
    this.current = undefined;
  }

  /** The pictures of a run that is looked at, where they lie by now. */
  private readonly openData = async ({ folder }: Run, signal: AbortSignal): Promise<Dataset> => {
    const { folders, decoders } = this;
    return (await openRunData(Run.open(folder), { folders, decoders, signal })).dataset;
  };

  /** One start or resume at a time, and none beside a run. */
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

  /** Throws StudioError `run-under-way` while there is a run; one that has told its end is about to let go. */
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

  /** The run takes the place of the one before. */
  private train(begun: Begun): CurrentRun {
    const { steering, first } = begun;
    const current = inTraining(begun, this.openData);
    this.replace(current);
    this.take(current, first);
    steering.train({ status: () => current.status, take: (events) => this.take(current, events) });
    void steering.ended.then(() => {
      delete current.training;
    });
    return this.describe();
  }

  /** Keeps up with what the run has told, and passes it on. */
  private take(current: Current, events: RunEvent[]): void {
    for (const event of events) {
      current.step = event.step;
      if (event.type === 'run-state') {
        current.status = event.status;
        current.failure = event.failure;
      }
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
    this.current?.inspector.dispose();
    this.current?.dispose();
  }

  private required(): Current {
    if (this.current) return this.current;
    throw noRun();
  }

  private describe(): CurrentRun {
    const { run, status, step } = this.required();
    return { folder: run.folder, config: run.config, status, step };
  }
}

/** Whether there is a whole checkpoint of this step. */
function canOpen(run: Run, step: number): boolean {
  try {
    return run.checkpoint(step).step === step;
  } catch {
    return false;
  }
}

function underWay({ run, status }: Current): StudioError {
  const { name } = run.config;
  return status === 'unsaved' ? runUnsaved(name) : runUnderWay(name);
}
