/** The run folder: config.json, events.jsonl, samples/ and checkpoints/. It explains itself and needs nothing beside it. */
import fs from 'node:fs';
import path from 'node:path';
import { runConfigSchema, StudioError, toFailure, type ImageBatch, type RunConfig, type RunEvent } from '../contract/index.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.ts';
import { realDisk } from './disk.ts';
import { diskFailure, writeWhole } from './files.ts';
import { sheetPng } from './picture.ts';

const CONFIG = 'config.json';
const EVENTS = 'events.jsonl';
const SAMPLES = 'samples';
const CHECKPOINTS = 'checkpoints';
/** Events wait in memory this long at most before they reach the file. */
const FLUSH_MILLISECONDS = 1000;

/** A run's folder, open for reading and writing. */
export class Run {
  readonly folder: string;
  readonly config: RunConfig;
  private waiting: string[] = [];
  private flushedAt = Date.now();

  private constructor(folder: string, config: RunConfig) {
    this.folder = folder;
    this.config = config;
  }

  /** Throws StudioError `run-exists` when the folder holds something already. */
  static requireFree(folder: string): void {
    if (!fs.existsSync(folder) || (fs.statSync(folder).isDirectory() && fs.readdirSync(folder).length === 0)) return;
    throw new StudioError({
      code: 'run-exists',
      message: `${folder} is not an empty folder.`,
      remedy: 'Choose another folder for the run, or move this one away.',
    });
  }

  /** Makes the folder; throws StudioError `run-exists` when it holds something already. */
  static create(folder: string, config: RunConfig): Run {
    Run.requireFree(folder);
    try {
      for (const name of [SAMPLES, CHECKPOINTS]) realDisk.makeFolder(path.join(folder, name));
    } catch (error) {
      throw diskFailure(error, folder);
    }
    writeWhole(path.join(folder, CONFIG), `${JSON.stringify(config, null, 2)}\n`);
    return new Run(folder, config);
  }

  /** Opens a run; throws StudioError `run-missing` or `run-damaged`. */
  static open(folder: string): Run {
    const file = path.join(folder, CONFIG);
    if (!fs.existsSync(file)) {
      throw new StudioError({
        code: 'run-missing',
        message: `${folder} is not a run: it has no ${CONFIG}.`,
        remedy: 'Choose a folder that GAN Studio or its train command has written.',
      });
    }
    try {
      return new Run(folder, runConfigSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8'))));
    } catch (error) {
      throw new StudioError({
        code: 'run-damaged',
        message: `${file} cannot be read as a run's settings. ${toFailure(error).message}`,
        remedy: 'Mend the file by hand, or start a new run.',
      });
    }
  }

  /** Adds an event to events.jsonl. Pictures stay out of it: they are files of their own. */
  log(event: RunEvent): void {
    if (event.type === 'progress') return;
    const plain = event.type === 'samples' ? { type: event.type, step: event.step, file: event.file } : event;
    this.waiting.push(JSON.stringify({ time: new Date().toISOString(), ...plain }));
    if (Date.now() - this.flushedAt >= FLUSH_MILLISECONDS) this.flush();
  }

  /** Writes what `log` still holds. */
  flush(): void {
    this.flushedAt = Date.now();
    if (this.waiting.length === 0) return;
    const file = path.join(this.folder, EVENTS);
    try {
      fs.appendFileSync(file, `${this.waiting.join('\n')}\n`);
      this.waiting = [];
    } catch (error) {
      throw diskFailure(error, file);
    }
  }

  /** Writes a sample sheet and answers its path below the run folder. */
  saveSamples(step: number, images: ImageBatch): string {
    const file = path.join(SAMPLES, `${stepName(step)}.png`);
    writeWhole(path.join(this.folder, file), sheetPng(images));
    return file;
  }

  /** Writes a checkpoint, drops the oldest beyond `config.checkpoints.keep`, and answers its path below the run folder. */
  saveCheckpoint(checkpoint: Checkpoint): string {
    const file = path.join(CHECKPOINTS, `${stepName(checkpoint.step)}.safetensors`);
    writeWhole(path.join(this.folder, file), encodeCheckpoint(checkpoint));
    for (const old of this.checkpointFiles().slice(this.config.checkpoints.keep)) fs.rmSync(old, { force: true });
    return file;
  }

  /** The newest checkpoint that is whole; throws StudioError when there is none. */
  newestCheckpoint(): Checkpoint {
    const files = this.checkpointFiles();
    let damage: unknown;
    for (const file of files) {
      try {
        return decodeCheckpoint(fs.readFileSync(file), file);
      } catch (error) {
        damage ??= error;
      }
    }
    if (damage) throw damage;
    throw new StudioError({
      code: 'no-checkpoint',
      message: `The run ${this.folder} has no checkpoint yet.`,
      remedy: 'Let it train until the first one is saved, or stop it: stopping saves one.',
    });
  }

  /** Newest first. */
  private checkpointFiles(): string[] {
    const folder = path.join(this.folder, CHECKPOINTS);
    if (!fs.existsSync(folder)) return [];
    return fs.readdirSync(folder).filter((name) => name.endsWith('.safetensors')).sort().reverse()
      .map((name) => path.join(folder, name));
  }
}

function stepName(step: number): string {
  return `step-${String(step).padStart(9, '0')}`;
}
