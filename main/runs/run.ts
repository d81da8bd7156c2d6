/**
 * The run folder: config.json, pictures.json, events.jsonl, samples/ and checkpoints/. It explains itself and
 * needs nothing beside it but the pictures, which it knows by their content.
 */
import fs from 'node:fs';
import path from 'node:path';
import {
  StudioError,
  type BestCheckpoint,
  type ImageBatch,
  type RunConfig,
  type RunEvent,
  type WhichCheckpoint,
} from '../contract/index.ts';
import { pictureListSchema, type PictureList } from '../datasets/index.ts';
import type { Checkpoint } from './checkpoint-file.ts';
import { Checkpoints } from './checkpoints.ts';
import { readConfig, writeConfig } from './config-file.ts';
import { realDisk, type Disk } from './disk.ts';
import { EventsFile } from './events-file.ts';
import { diskFailure, isLeftBehind, UNFINISHED, writeWhole } from './files.ts';
import { moveLater, stepName, stepsIn } from './given-up.ts';
import { diskInside } from './inside.ts';
import { sheetPng } from './picture.ts';
import { LAYOUT_FILE, layoutFile } from './sheet-layout.ts';

const SAMPLES = 'samples';
const CHECKPOINTS = 'checkpoints';
/** A folder inside `checkpoints/`. */
const GIVEN_UP = 'given-up';
const SHEET = '.png';
const PICTURES = 'pictures.json';

/** A run's folder, open for reading and writing. */
export class Run {
  readonly folder: string;
  private readonly disk: Disk;
  private readonly checkpoints: Checkpoints;
  private readonly events: EventsFile;
  private settings: RunConfig;
  /** The text of the layout file as it was last written. */
  private layout: string | undefined;

  private constructor({ folder, config, disk }: { folder: string; config: RunConfig; disk: Disk }) {
    this.folder = folder;
    this.settings = config;
    this.disk = diskInside(folder, disk);
    this.checkpoints = new Checkpoints(path.join(folder, CHECKPOINTS), this.disk);
    this.events = new EventsFile(folder, this.disk);
  }

  get config(): RunConfig {
    return this.settings;
  }

  /** Throws StudioError `run-exists` unless the folder is missing, empty or holds unfinished files alone. */
  static requireFree(folder: string): void {
    if (!fs.existsSync(folder)) return;
    if (
      fs.statSync(folder).isDirectory() &&
      fs.readdirSync(folder).every((name) => name.endsWith(UNFINISHED))
    )
      return;
    throw new StudioError({
      code: 'run-exists',
      message: `${folder} is not an empty folder.`,
      remedy: 'Choose another folder for the run, or move this one away.',
    });
  }

  /** Makes the folder of a new run. Throws StudioError `run-exists` (see `requireFree`) or `not-written`. */
  static create(folder: string, config: RunConfig, disk: Disk = realDisk): Run {
    if (disk === realDisk) Run.requireFree(folder);
    makeFolders([folder], disk);
    writeConfig(folder, config, disk);
    const run = new Run({ folder, config, disk });
    run.prepare();
    return run;
  }

  /** Opens a run; throws StudioError `run-missing`, `run-damaged` or `run-too-new`. */
  static open(folder: string, disk: Disk = realDisk): Run {
    const config = readConfig(folder, diskInside(folder, disk));
    return new Run({ folder, config, disk });
  }

  /**
   * Makes the folders that a run writes to, and removes the unfinished files of a killed process. Throws
   * StudioError `not-written` when the disk refuses.
   */
  prepare(): void {
    makeFolders(
      [SAMPLES, CHECKPOINTS].map((name) => path.join(this.folder, name)),
      this.disk,
    );
    for (const folder of ['', SAMPLES, CHECKPOINTS].map((name) => path.join(this.folder, name)))
      for (const name of this.disk.list(folder))
        if (isLeftBehind(name)) this.disk.remove(path.join(folder, name));
  }

  /**
   * Gives up what lies beyond the step from which training goes on: later checkpoints, then later sheets,
   * move to checkpoints/given-up. If the process is killed once the checkpoints have moved, the run opens
   * like any other that was killed. Throws StudioError `not-written`.
   */
  giveUpAfter(step: number): void {
    const to = path.join(this.folder, CHECKPOINTS, GIVEN_UP);
    this.checkpoints.giveUpAfter(step, to);
    moveLater({ from: path.join(this.folder, SAMPLES), to, extension: SHEET, step }, this.disk);
  }

  /** Changes settings that may change: name, number of steps, data set and precision. */
  change(changes: Partial<Pick<RunConfig, 'name' | 'steps' | 'dataset' | 'precision'>>): void {
    this.settings = { ...this.settings, ...changes };
    writeConfig(this.folder, this.settings, this.disk);
  }

  /** The pictures that it trains on; undefined for points, and for a run older than the list. */
  pictures(): PictureList | undefined {
    return readPictures(path.join(this.folder, PICTURES), this.disk);
  }

  /** Keeps the list of its pictures; throws StudioError `not-written`. */
  savePictures(pictures: PictureList): void {
    writeWhole(path.join(this.folder, PICTURES), JSON.stringify(pictures), this.disk);
  }

  /**
   * Adds an event to events.jsonl, at once or within a second. Throws StudioError `not-written`; the event
   * then stays in memory and is written with the next one.
   */
  log(event: RunEvent): void {
    this.events.add(event);
  }

  /** Writes the events that `log` still holds in memory. */
  flush(): void {
    this.events.flush();
  }

  /** Whether every event is written. */
  get isLogged(): boolean {
    return this.events.isWritten;
  }

  /** Whether there is a sample sheet of this step. */
  hasSamples(step: number): boolean {
    return this.disk.exists(path.join(this.folder, Run.samplesFile(step)));
  }

  /** Steps of the sample sheets on disk, newest first. */
  sampleSteps(): number[] {
    return stepsIn(this.disk.list(path.join(this.folder, SAMPLES)), SHEET);
  }

  /** The path of a step's sample sheet, relative to the run folder. */
  static samplesFile(step: number): string {
    return path.posix.join(SAMPLES, `${stepName(step)}${SHEET}`);
  }

  /** Writes a sample sheet, and its layout unless that follows from the settings. */
  saveSamples(step: number, images: ImageBatch): void {
    writeWhole(path.join(this.folder, Run.samplesFile(step)), sheetPng(images), this.disk);
    const layout = layoutFile(images, this.config);
    const file = path.join(this.folder, SAMPLES, LAYOUT_FILE);
    if (layout === undefined) this.disk.remove(file);
    else if (layout !== this.layout) writeWhole(file, layout, this.disk);
    this.layout = layout;
  }

  /**
   * Writes a checkpoint, after the events up to it, and returns its path relative to the run folder. Then
   * removes the oldest ones, except the best, those that the person keeps, and those of the steps in `hold`.
   */
  saveCheckpoint(checkpoint: Checkpoint, { hold = [] }: { hold?: readonly number[] } = {}): string {
    this.events.flush({ lasting: true });
    return path.posix.join(
      CHECKPOINTS,
      this.checkpoints.save(checkpoint, { keep: this.config.checkpoints.keep, hold }),
    );
  }

  /** The best checkpoint; undefined if none is recorded, or if its file is gone. */
  best(): BestCheckpoint | undefined {
    return this.checkpoints.best();
  }

  /** Throws StudioError `not-written`. */
  setBest(best: BestCheckpoint): void {
    this.checkpoints.setBest(best);
  }

  /** Drops what was measured against the pictures before they changed: it cannot be compared. */
  forgetBestCheckpoint(): void {
    this.checkpoints.forgetBest();
  }

  /** Steps of the checkpoints that the person keeps. */
  keptCheckpoints(): number[] {
    return this.checkpoints.kept();
  }

  /**
   * Keeps the checkpoint of a step however many come after it, or stops keeping it. Throws StudioError
   * `no-checkpoint` or `not-written`.
   */
  keepCheckpoint(step: number, keep: boolean): void {
    this.checkpoints.keep(step, keep);
  }

  /**
   * The newest whole checkpoint, and the errors of newer ones that are damaged. Throws StudioError
   * `no-checkpoint`, or `checkpoint-damaged` if none is whole.
   */
  newestCheckpoint(): { checkpoint: Checkpoint; damaged: StudioError[] } {
    return this.checkpoints.newest();
  }

  /** One checkpoint. Throws StudioError `no-checkpoint` or `checkpoint-damaged`. */
  checkpoint(which: WhichCheckpoint): Checkpoint {
    return this.checkpoints.open(which);
  }

  /** Steps of the checkpoints, newest first. */
  checkpointSteps(): number[] {
    return this.checkpoints.steps();
  }
}

function makeFolders(folders: string[], disk: Disk): void {
  for (const folder of folders) {
    try {
      disk.makeFolder(folder);
    } catch (error) {
      throw diskFailure(error, folder);
    }
  }
}

/** Undefined for an unreadable list: the content in the settings still shows whether pictures changed. */
function readPictures(file: string, disk: Disk): PictureList | undefined {
  try {
    return disk.exists(file)
      ? pictureListSchema.parse(JSON.parse(disk.read(file).toString('utf8')))
      : undefined;
  } catch {
    return undefined;
  }
}
