/** The trainer: at most one run at a time, answered between steps. The utility process that trains is a thin shell around it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import path from 'node:path';
import {
  StudioError,
  toFailure,
  type CommandInput,
  type CommandOutput,
  type CurrentRun,
  type Failure,
  type ImageBatch,
  type RunConfig,
  type RunEvent,
  type RunStatus,
} from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import { generateImages, walk, type Generator } from '../explore/index.ts';
import { exporterOf, writeSheet } from '../export/index.ts';
import type { Folders } from '../folders.ts';
import { openRunLog, type RunLog } from '../log.ts';
import { Inspector } from '../inspect/index.ts';
import { holdRun, newRunFolder, Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { beginAgain, beginNew, type Beginning } from './beginning.ts';
import { openGenerator } from './open-generator.ts';
import { completeConfig, needsClasses } from './rules.ts';
import type { Session } from './session.ts';
import { checkpointSource, sessionSource } from './sources.ts';
import { train } from './train.ts';

/** A run in training, or one that has ended and is still looked at. */
type Current = {
  run: Run;
  status: RunStatus;
  step: number;
  generator(): Generator;
  /** Looks into it while it holds still. */
  inspector: Inspector;
  dispose(): void;
  log?: RunLog;
  training?: Training;
};

/** What steers the loop of a run in training. */
type Training = {
  stop: AbortController;
  ended: Promise<void>;
  save: () => void;
  resume?: () => void;
  /** Of the one step that a paused run takes: the step before it, and who is told when it is over. */
  stepping?: { from: number; done: () => void };
};

/** The name under which it holds a run. */
const PROGRAM = 'GAN Studio';

export class Trainer {
  private readonly folders: Folders;
  private readonly decoders: Decoders;
  private readonly emit: (event: RunEvent) => void;
  private current: Current | undefined;
  private beginning: AbortController | undefined;

  constructor({
    folders,
    decoders,
    emit,
  }: {
    folders: Folders;
    decoders: Decoders;
    emit: (event: RunEvent) => void;
  }) {
    this.folders = folders;
    this.decoders = decoders;
    this.emit = emit;
  }

  /** Why no run can be made of these settings; null when one can. */
  check(config: RunConfig): Failure | null {
    try {
      completeConfig(config);
      return null;
    } catch (error) {
      return toFailure(error);
    }
  }

  /** Starts a new run in the runs folder; throws StudioError while another one is under way. */
  async start(config: RunConfig): Promise<CurrentRun> {
    if (!needsClasses(config)) completeConfig(config);
    return this.exclusively(async (signal) => {
      const dataset = await openDataset({
        ...config.dataset,
        folders: this.folders,
        decoders: this.decoders,
        signal,
      });
      const newRun = () =>
        Run.create(
          newRunFolder(this.folders.runs, config.name),
          completeConfig({ ...config, classes: dataset.summary.classes }),
        );
      return this.prepare({ dataset, open: newRun, make: (run) => beginNew(run.config) });
    });
  }

  /** Goes on from the newest whole checkpoint; throws StudioError while a run is under way, here or in another process. */
  async resume({ folder, steps }: CommandInput<'run.resume'>): Promise<CurrentRun> {
    return this.exclusively(async (signal) => {
      const run = Run.open(folder);
      const dataset = await openDataset({
        ...run.config.dataset,
        folders: this.folders,
        decoders: this.decoders,
        signal,
      });
      return this.prepare({ dataset, open: () => run, make: () => beginAgain(run, steps) });
    });
  }

  /** Loads the newest checkpoint's generator, to look at it and to export it. */
  async open(folder: string): Promise<CurrentRun> {
    this.requireIdle();
    const { run, step, generator } = openGenerator(folder);
    const status = step >= run.config.steps ? 'finished' : 'stopped';
    const inspector = new Inspector({
      source: checkpointSource(run, step),
      folders: this.folders,
      decoders: this.decoders,
    });
    this.replace({
      run,
      status,
      step,
      generator: () => generator,
      inspector,
      dispose: () => tf.dispose(generator.weights),
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
      current.training.save();
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
    if (!training.stepping) {
      await new Promise<void>((done) => {
        training.stepping = { from: current.step, done };
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
   * Ends the run after the running step and saves a checkpoint; answers when that is done. A run that is still being
   * started is given up, and its start rejects with StudioError `cancelled`.
   */
  async stop(): Promise<CurrentRun> {
    this.beginning?.abort();
    const training = this.current?.training;
    training?.stop.abort();
    training?.resume?.();
    await training?.ended;
    return this.describe();
  }

  interpolate(interpolation: CommandInput<'latent.interpolate'>): ImageBatch {
    const { run, generator } = this.required();
    const { class: chosen = 0, positions } = interpolation;
    if (chosen >= Math.max(1, run.config.classes.length)) throw noSuchClass(run.config);
    return generateImages(
      generator(),
      walk(run.config.z, interpolation),
      new Int32Array(positions.length).fill(chosen),
    );
  }

  async exportGenerator({
    format,
    folder,
  }: CommandInput<'export.generator'>): Promise<CommandOutput<'export.generator'>> {
    const { run, generator, step } = this.required();
    return exporterOf(format).write({ generator: generator(), config: run.config, step, folder });
  }

  exportSheet({ file, seed, count }: CommandInput<'export.sheet'>): CommandOutput<'export.sheet'> {
    const { run, generator } = this.required();
    return {
      file: path.resolve(file),
      bytes: writeSheet({ generator: generator(), config: run.config, seed, count, file }),
    };
  }

  /** Stops what trains and frees everything. */
  async close(): Promise<void> {
    await this.stop().catch(() => undefined);
    this.letGo();
    this.current = undefined;
  }

  /** One start or resume at a time, and none beside a run. */
  private async exclusively(begin: (signal: AbortSignal) => Promise<CurrentRun>): Promise<CurrentRun> {
    this.requireIdle();
    const beginning = new AbortController();
    this.beginning = beginning;
    try {
      return await begin(beginning.signal);
    } finally {
      this.beginning = undefined;
    }
  }

  private requireIdle(): void {
    if (this.current?.training) throw runUnderWay(this.current.run.config.name);
    if (this.beginning) throw runUnderWay('that is being started');
  }

  /** Takes hold of the run and begins it; lets go of everything when that fails. */
  private prepare({
    dataset,
    open,
    make,
  }: {
    dataset: Dataset;
    open: () => Run;
    make: (run: Run) => Beginning;
  }): CurrentRun {
    let release: (() => void) | undefined;
    let beginning: Beginning | undefined;
    try {
      const run = open();
      release = holdRun(run.folder, PROGRAM);
      beginning = make(run);
      this.begin({ ...beginning, run, dataset, release });
    } catch (error) {
      dataset.close();
      beginning?.session.dispose();
      release?.();
      throw error;
    }
    return this.describe();
  }

  private begin({
    run,
    session,
    dataset,
    release,
    trainedSeconds,
    damaged,
  }: Beginning & {
    run: Run;
    dataset: Dataset;
    release: () => void;
  }): void {
    const log = openRunLog({ folder: run.folder, config: run.config, program: PROGRAM });
    const current: Current = {
      run,
      log,
      status: 'starting',
      step: session.step,
      generator: () => session.generator,
      dispose: () => session.dispose(),
      inspector: new Inspector({
        source: sessionSource(session, () => current.training && dataset),
        folders: this.folders,
        decoders: this.decoders,
      }),
    };
    const stop = new AbortController();
    this.replace(current);
    for (const { code, message, remedy } of damaged) {
      this.tell(current, {
        type: 'warning',
        step: session.step,
        failure: { code, message: `${message} An earlier one is used.`, remedy },
      });
    }
    const training: Training = { stop, ended: Promise.resolve(), save: () => this.save(current, session) };
    current.training = training;
    training.ended = this.follow(
      current,
      train({ session, dataset, run, signal: stop.signal, trainedSeconds }),
    ).finally(() => {
      delete current.training;
      dataset.close();
      release();
    });
  }

  /** Asks for one event after another; between two of them, messages are answered. */
  private async follow(current: Current, events: AsyncGenerator<RunEvent>): Promise<void> {
    try {
      for await (const event of events) {
        current.step = event.step;
        if (event.type === 'run-state') current.status = event.status;
        current.log?.event(event);
        this.emit(event);
        this.endStep(current, event);
        await nextTurn();
        await this.whilePaused(current);
      }
    } catch (error) {
      current.log?.error(error);
    }
  }

  private async whilePaused({ status, training }: Current): Promise<void> {
    if (status !== 'paused' || !training || training.stepping || training.stop.signal.aborted) return;
    await new Promise<void>((resume) => {
      training.resume = resume;
    });
  }

  /** The step is over with its losses, or with the samples that are due at it. */
  private endStep({ training, run }: Current, { type, step }: RunEvent): void {
    if (!training?.stepping) return;
    const last = step % run.config.samples.everySteps === 0 ? 'samples' : 'losses';
    if (type !== 'step-refused' && (type !== last || step <= training.stepping.from)) return;
    training.stepping.done();
    delete training.stepping;
  }

  private save(current: Current, session: Session): void {
    try {
      const file = current.run.saveCheckpoint(session.checkpoint());
      this.tell(current, { type: 'checkpoint-saved', step: session.step, file });
    } catch (error) {
      this.tell(current, { type: 'warning', step: session.step, failure: toFailure(error) });
    }
  }

  /** Logs and emits; a disk that refuses the log will be told of by the loop. */
  private tell(current: Current, event: RunEvent): void {
    this.emit(event);
    current.log?.event(event);
    try {
      current.run.log(event);
    } catch {
      // The event waits in memory and is tried again with the next one.
    }
  }

  private changeStatus(current: Current, status: RunStatus): void {
    current.status = status;
    this.tell(current, { type: 'run-state', status, step: current.step });
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
    throw new StudioError({
      code: 'no-run',
      message: 'There is no run yet.',
      remedy: 'Start a run, or open an earlier one.',
    });
  }

  private describe(): CurrentRun {
    const { run, status, step } = this.required();
    return { folder: run.folder, config: run.config, status, step };
  }
}

function runUnderWay(name: string): StudioError {
  return new StudioError({
    code: 'run-under-way',
    message: `The run "${name}" is still under way.`,
    remedy: 'Stop it first; its checkpoint is saved.',
  });
}

function notPaused(): StudioError {
  return new StudioError({
    code: 'not-paused',
    message: 'Only a paused run takes a single step.',
    remedy: 'Pause it first.',
  });
}

function notStill(): StudioError {
  return new StudioError({
    code: 'not-still',
    message: 'The run is training: what is to be looked into has to hold still.',
    remedy: 'Pause it first.',
  });
}

function noSuchClass({ name, classes }: RunConfig): StudioError {
  return new StudioError({
    code: 'invalid-input',
    message: `The run "${name}" knows ${classes.length} classes, and was asked for another one.`,
    remedy: classes.length > 0 ? `Choose among: ${classes.join(', ')}.` : 'Leave the class out.',
  });
}
