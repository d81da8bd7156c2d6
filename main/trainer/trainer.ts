/**
 * The trainer: at most one run at a time, answered between steps. The utility process that trains is a thin
 * shell around it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CommandInput, type CurrentRun, type RunEvent, type RunStatus } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Model } from '../explore/index.ts';
import type { Folders } from '../folders.ts';
import { Inspector } from '../inspect/index.ts';
import { createRun, newRunFolder, openNewData, openRunData, Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import {
  beginAgain,
  beginNew,
  type Beginning,
  completeConfig,
  needsClasses,
  openModel,
  RunInTraining,
  withClasses,
} from '../training/index.ts';
import { noRun, notPaused, notStill, runUnderWay } from './failures.ts';
import type { Trained } from './model-commands.ts';
import { checkpointSource, sessionSource } from './sources.ts';

/** A run in training, or one that has ended and is still looked at. */
type Current = {
  run: Run;
  status: RunStatus;
  step: number;
  model(): Model;
  /** Looks into it while it holds still. */
  inspector: Inspector;
  dispose(): void;
  training?: Steering;
};

/** What steers a run in training. */
type Steering = {
  run: RunInTraining;
  stop: AbortController;
  ended: Promise<void>;
  resume?: () => void;
  /** Of the one step that a paused run takes: who is told when it is over. */
  stepped?: () => void;
};

/** The name under which it holds a run. */
const PROGRAM = 'GAN Studio';

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

  /** Starts a new run in the runs folder; throws StudioError while another one is under way. */
  async start({ config, changedData }: CommandInput<'run.start'>): Promise<CurrentRun> {
    if (!needsClasses(config)) completeConfig(config);
    return this.exclusively(async (signal) => {
      const { folders, decoders } = this;
      const dataset = await openNewData(config, { folders, decoders, signal, changedData });
      const newRun = () =>
        createRun(newRunFolder(this.folders.runs, config.name), withClasses(config, dataset), dataset);
      return this.begin({ dataset, open: newRun, make: (run) => beginNew(run.config) });
    });
  }

  /**
   * Goes on from the newest whole checkpoint; throws StudioError while a run is under way, here or in another
   * process.
   */
  async resume({ folder, steps }: CommandInput<'run.resume'>): Promise<CurrentRun> {
    return this.exclusively(async (signal) => {
      const run = Run.open(folder);
      const { folders, decoders } = this;
      const { dataset } = await openRunData(run, { folders, decoders, signal });
      return this.begin({ dataset, open: () => run, make: () => beginAgain(run, { steps, dataset }) });
    });
  }

  /** Loads the newest checkpoint's generator, to look at it and to export it. */
  async open(folder: string): Promise<CurrentRun> {
    await this.letEnd();
    this.requireIdle();
    const { run, step, model } = openModel(folder);
    const status = step >= run.config.steps ? 'finished' : 'stopped';
    const inspector = new Inspector({
      source: checkpointSource(run, step),
      openData: (signal) => this.dataOf(run, signal),
    });
    this.replace({
      run,
      status,
      step,
      model: () => model,
      inspector,
      dispose: () => tf.dispose(model.weights),
    });
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
      current.training.resume?.();
    }
    return this.describe();
  }

  /** Takes one step of a paused run and holds it again; throws StudioError `not-paused`. */
  async step(): Promise<CurrentRun> {
    const { current } = this;
    if (!current?.training || current.status !== 'paused') throw notPaused();
    const { training } = current;
    current.inspector.forget();
    if (!training.stepped) {
      await new Promise<void>((done) => {
        training.stepped = done;
        void training.ended.then(done);
        training.resume?.();
      });
    }
    return this.describe();
  }

  /** Lets go of what the inspector holds. */
  leaveInspector(): void {
    this.current?.inspector.forget();
  }

  /** The inspector of a run that holds still; throws StudioError `no-run` or `not-still`. */
  inspector(): Inspector {
    const { status, inspector } = this.required();
    if (status === 'training' || status === 'starting') throw notStill();
    return inspector;
  }

  /**
   * Ends the run after the running step and saves a checkpoint; answers when that is done. A run that is
   * still being started is given up, and its start rejects with StudioError `cancelled`.
   */
  async stop(): Promise<CurrentRun> {
    const { beginning } = this;
    beginning?.stop.abort();
    await beginning?.begun.catch(() => undefined);
    const training = this.current?.training;
    training?.stop.abort();
    training?.resume?.();
    await training?.ended;
    return this.describe();
  }

  /**
   * What there is of the run that one may take: its trained model, and where it stands. Throws StudioError
   * `no-run`.
   */
  trained(): Trained {
    const { run, model, step } = this.required();
    return { config: run.config, model: model(), step };
  }

  /** Stops what trains and frees everything. */
  async close(): Promise<void> {
    await this.stop().catch(() => undefined);
    this.letGo();
    this.current = undefined;
  }

  /** The pictures of a run that is looked at, where they lie by now. */
  private async dataOf({ folder }: Run, signal: AbortSignal): Promise<Dataset> {
    const { folders, decoders } = this;
    return (await openRunData(Run.open(folder), { folders, decoders, signal })).dataset;
  }

  /** One start or resume at a time, and none beside a run. */
  private async exclusively(begin: (signal: AbortSignal) => Promise<CurrentRun>): Promise<CurrentRun> {
    await this.letEnd();
    this.requireIdle();
    const stop = new AbortController();
    const begun = begin(stop.signal);
    this.beginning = { stop, begun };
    try {
      return await begun;
    } finally {
      this.beginning = undefined;
    }
  }

  /** A run that has told its end is about to let go of its folder. */
  private async letEnd(): Promise<void> {
    const { status, training } = this.current ?? {};
    if (status === 'finished' || status === 'stopped' || status === 'failed') await training?.ended;
  }

  private requireIdle(): void {
    if (this.current?.training) throw runUnderWay(this.current.run.config.name);
    if (this.beginning) throw runUnderWay('that is being started');
  }

  /** Begins the run, which lets go of everything when that fails. */
  private begin(given: { dataset: Dataset; open: () => Run; make: (run: Run) => Beginning }): CurrentRun {
    const run = RunInTraining.begin({ ...given, program: PROGRAM });
    const { session } = run;
    const current: Current = {
      run: run.run,
      status: 'starting',
      step: session.step,
      model: () => session.model,
      dispose: () => session.dispose(),
      inspector: new Inspector({
        source: sessionSource(session, () => current.training && given.dataset),
        openData: (signal) => this.dataOf(run.run, signal),
      }),
    };
    this.replace(current);
    const training: Steering = { run, stop: new AbortController(), ended: Promise.resolve() };
    current.training = training;
    training.ended = this.follow(current, training).finally(() => {
      delete current.training;
    });
    return this.describe();
  }

  /** Asks for one step after another; between two of them, messages are answered. */
  private async follow(current: Current, training: Steering): Promise<void> {
    try {
      for await (const events of training.run.steps(training.stop.signal)) {
        this.take(current, events);
        training.stepped?.();
        delete training.stepped;
        await nextTurn();
        await this.whilePaused(current);
      }
    } catch {
      // What ended it is told, and stands in the run's log.
    }
  }

  private async whilePaused({ status, training }: Current): Promise<void> {
    if (status !== 'paused' || !training || training.stepped || training.stop.signal.aborted) return;
    await new Promise<void>((resume) => {
      training.resume = resume;
    });
  }

  /** Keeps up with what the run has told, and passes it on. */
  private take(current: Current, events: RunEvent[]): void {
    for (const event of events) {
      current.step = event.step;
      if (event.type === 'run-state') current.status = event.status;
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
