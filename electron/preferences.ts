/**
 * The preferences: a JSON file of the app's that holds only what a person changed; the rest are the defaults.
 */
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, preferencesSchema, systemCause, type Preferences } from '#main/contract/index.ts';
import { writeWhole } from '#main/runs/files.ts';
import { describeError, log } from './log.ts';
import type { RunsFolder } from './runs-folder.ts';

type Changes = { [Name in keyof Preferences]?: Preferences[Name] | undefined };

const changesSchema = preferencesSchema
  .extend({ runsFolder: preferencesSchema.shape.runsFolder.refine((folder) => path.isAbsolute(folder)) })
  .partial();

export class PreferencesFile {
  readonly defaults: Preferences;
  private readonly file: string;
  private chosen: Changes;

  constructor({ file, defaults }: { file: string; defaults: Preferences }) {
    this.file = file;
    this.defaults = defaults;
    this.chosen = read(file);
  }

  get current(): Preferences {
    const { runsFolder, threads, keepAwake, notify } = this.defaults;
    return {
      runsFolder: this.chosen.runsFolder ?? runsFolder,
      threads: this.chosen.threads ?? threads,
      keepAwake: this.chosen.keepAwake ?? keepAwake,
      notify: this.chosen.notify ?? notify,
    };
  }

  /** The folder that runs go to, and whether it is the default one. */
  get runs(): RunsFolder {
    return { folder: this.current.runsFolder, isDefault: this.chosen.runsFolder === undefined };
  }

  /**
   * Makes and saves the changes; undefined means the default. Throws StudioError `not-written`, changing
   * nothing.
   */
  change(changes: Changes): void {
    const chosen = { ...this.chosen, ...changes };
    try {
      fs.mkdirSync(path.dirname(this.file), { recursive: true });
      writeWhole(this.file, JSON.stringify(chosen, null, 2));
    } catch (error) {
      log.warn(`The preferences could not be saved: ${describeError(error)}`);
      throw new StudioError({
        code: 'not-written',
        message: `The preferences could not be saved to ${this.file}: ${systemCause(error instanceof Error ? (error.cause ?? error) : error)}.`,
        remedy: 'Free some space on that disk, or allow GAN Studio to write there, then try again.',
      });
    }
    this.chosen = chosen;
  }
}

/**
 * What a person changed. A file that cannot be read, or does not fit, is kept under another name, and counts
 * as empty.
 */
function read(file: string): Changes {
  if (!fs.existsSync(file)) return {};
  try {
    return changesSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    log.warn(`${file} is damaged, so the default preferences are used: ${describeError(error)}`);
    keepDamaged(file);
    return {};
  }
}

function keepDamaged(file: string): void {
  const { dir, name, ext } = path.parse(file);
  const kept = path.join(dir, `${name}-damaged${ext}`);
  try {
    fs.renameSync(file, kept);
    log.warn(`The damaged preferences are kept as ${kept}.`);
  } catch (error) {
    log.warn(`The damaged preferences could not be kept: ${describeError(error)}`);
  }
}
