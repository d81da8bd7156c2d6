/** The trainer: at most one run at a time, answered between steps. The utility process that trains is a thin shell around it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import path from 'node:path';
import {
  StudioError, toFailure, type Catalogue, type CommandInput, type CommandOutput, type CurrentRun, type Handlers,
  type ImageBatch, type RunConfig, type RunEvent, type RunStatus,
} from '../contract/index.ts';
import { catalogue } from '../catalogue.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import { drawPoints, generateImages, walk, type Generator } from '../explore/index.ts';
import { exporterOf } from '../export/index.ts';
import type { Folders } from '../folders.ts';
import { newRunFolder, Run, sheetPng, writeWhole } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { generatorFrom, Session } from './session.ts';
import { train } from './train.ts';

/** A run in training, or one that has ended and is still looked at. */
type Current = {
  run: Run;
  status: RunStatus;
  step: number;
  generator(): Generator;
  dispose(): void;
  training?: Training;
};

/** What steers the loop of a run in training. */
type Training = { stop: AbortController; ended: Promise<void>; resume?: () => void };

export class Trainer {
  private readonly folders: Folders;
  private readonly emit: (event: RunEvent) => void;
  private current: Current | undefined;

  constructor({ folders, emit }: { folders: Folders; emit: (event: RunEvent) => void }) {
    this.folders = folders;
    this.emit = emit;
  }

  /** Starts a new run in the runs folder; throws StudioError while another one is under way. */
  async start(config: RunConfig): Promise<CurrentRun> {
    if (this.current?.training) throw runUnderWay(this.current);
    const session = new Session(config);
    try {
      const dataset = await openDataset({ ...config.dataset, folders: this.folders });
      const run = Run.create(newRunFolder(this.folders.runs, config.name), config);
      this.begin({ run, session, dataset });
    } catch (error) {
      session.dispose();
      throw error;
    }
    return this.describe();
  }

  /** Loads the newest checkpoint's generator, to look at it and to export it. */
  async open(folder: string): Promise<CurrentRun> {
    if (this.current?.training) throw runUnderWay(this.current);
    const run = Run.open(folder);
    const checkpoint = run.newestCheckpoint();
    const generator = generatorFrom(run.config, checkpoint);
    const status = checkpoint.step >= run.config.steps ? 'finished' : 'stopped';
    this.replace({ run, status, step: checkpoint.step, generator: () => generator, dispose: () => tf.dispose(generator.weights) });
    return this.describe();
  }

  /** Holds before the next step. */
  pause(): CurrentRun {
    const { current } = this;
    if (current?.training && current.status === 'training') this.changeStatus(current, 'paused');
    return this.describe();
  }

  continue(): CurrentRun {
    const { current } = this;
    if (current?.training && current.status === 'paused') {
      this.changeStatus(current, 'training');
      current.training.resume?.();
    }
    return this.describe();
  }

  /** Ends the run after the running step and saves a checkpoint; answers when that is done. */
  async stop(): Promise<CurrentRun> {
    const training = this.current?.training;
    training?.stop.abort();
    training?.resume?.();
    await training?.ended;
    return this.describe();
  }

  interpolate(interpolation: CommandInput<'latent.interpolate'>): ImageBatch {
    const { run, generator } = this.required();
    return generateImages(generator(), walk(run.config.z, interpolation));
  }

  async exportGenerator({ format, folder }: CommandInput<'export.generator'>): Promise<CommandOutput<'export.generator'>> {
    const { run, generator, step } = this.required();
    return exporterOf(format).write({ generator: generator(), config: run.config, step, folder });
  }

  exportSheet({ file, seed, count }: CommandInput<'export.sheet'>): CommandOutput<'export.sheet'> {
    const { run, generator } = this.required();
    const png = sheetPng(generateImages(generator(), drawPoints(run.config.z, { seed, stream: 'latent', step: 0 }, count)));
    writeWhole(file, png);
    return { file: path.resolve(file), bytes: png.length };
  }

  /** Stops what trains and frees everything. */
  async close(): Promise<void> {
    await this.stop().catch(() => undefined);
    this.current?.dispose();
    this.current = undefined;
  }

  private begin({ run, session, dataset }: { run: Run; session: Session; dataset: Dataset }): void {
    const current: Current = {
      run, status: 'starting', step: 0, generator: () => session.generator, dispose: () => session.dispose(),
    };
    const stop = new AbortController();
    this.replace(current);
    current.training = { stop, ended: Promise.resolve() };
    current.training.ended = this.follow({ current, session, dataset, signal: stop.signal });
  }

  /** Asks for one event after another; between two of them, messages are answered. */
  private async follow({ current, session, dataset, signal }: {
    current: Current; session: Session; dataset: Dataset; signal: AbortSignal;
  }): Promise<void> {
    try {
      for await (const event of train({ session, dataset, run: current.run, signal })) {
        current.step = event.step;
        if (event.type === 'run-state') current.status = event.status;
        this.emit(event);
        await nextTurn();
        if (current.status === 'paused' && !signal.aborted) await new Promise<void>((resume) => { current.training!.resume = resume; });
      }
    } catch (error) {
      this.fail(current, error);
    } finally {
      delete current.training;
      dataset.close();
    }
  }

  private fail(current: Current, error: unknown): void {
    current.status = 'failed';
    const event: RunEvent = { type: 'run-state', status: 'failed', step: current.step, failure: toFailure(error) };
    this.emit(event);
    try {
      current.run.log(event);
      current.run.flush();
    } catch {
      // The run's disk may be what failed; the event has been told already.
    }
  }

  private changeStatus(current: Current, status: RunStatus): void {
    current.status = status;
    const event: RunEvent = { type: 'run-state', status, step: current.step };
    current.run.log(event);
    this.emit(event);
  }

  private replace(current: Current): void {
    this.current?.dispose();
    this.current = current;
  }

  private required(): Current {
    if (this.current) return this.current;
    throw new StudioError({ code: 'no-run', message: 'There is no run yet.', remedy: 'Start a run, or open an earlier one.' });
  }

  private describe(): CurrentRun {
    const { run, status, step } = this.required();
    return { folder: run.folder, config: run.config, status, step };
  }
}

function runUnderWay({ run }: Current): StudioError {
  return new StudioError({
    code: 'run-under-way',
    message: `The run "${run.config.name}" is still under way.`,
    remedy: 'Stop it first; its checkpoint is saved.',
  });
}

/** The commands that the trainer answers. */
export function createTrainer(given: { folders: Folders; emit: (event: RunEvent) => void }): {
  handlers: Handlers<'trainer'>; close(): Promise<void>;
} {
  const trainer = new Trainer(given);
  const handlers = {
    'catalogue.list': async (): Promise<Catalogue> => catalogue(),
    'run.start': ({ config }) => trainer.start(config),
    'run.open': ({ folder }) => trainer.open(folder),
    'run.pause': async () => trainer.pause(),
    'run.continue': async () => trainer.continue(),
    'run.stop': () => trainer.stop(),
    'latent.interpolate': async (interpolation) => trainer.interpolate(interpolation),
    'export.generator': (request) => trainer.exportGenerator(request),
    'export.sheet': async (request) => trainer.exportSheet(request),
  } satisfies Handlers<'trainer'>;
  return { handlers, close: () => trainer.close() };
}
