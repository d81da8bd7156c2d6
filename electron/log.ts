/**
 * The app's log: main.log, rotated, with a few older files. It takes only text, cut to a length, so that no
 * image gets into it.
 */
import fs from 'node:fs';
import path from 'node:path';
// Not electron-log/main, which would open a channel to the page.
import electronLog from 'electron-log/node.js';

const MOST_BYTES = 1_000_000;
const MOST_CHARACTERS = 2000;
/** main.1.log is the newest of them. */
const OLDER_FILES = 3;

type Level = 'info' | 'warn' | 'error';

const logger = electronLog.create({ logId: 'app' });
logger.transports.file.level = false;
logger.transports.console.level = 'warn';

/** Warnings and errors go to standard error too; nothing goes to a file before `openLog`. */
export const log = { info: writer('info'), warn: writer('warn'), error: writer('error') } satisfies Record<
  Level,
  unknown
>;

/**
 * Writes the log to this folder from now on, and makes the folder if it is missing; a disk that refuses is
 * ignored.
 */
export function openLog(folder: string, { mostBytes = MOST_BYTES }: { mostBytes?: number } = {}): void {
  const { file } = logger.transports;
  const place = path.join(folder, 'main.log');
  file.resolvePathFn = () => place;
  file.archiveLogFn = () => rotate(place);
  file.setAppName('GAN Studio');
  file.maxSize = mostBytes;
  file.level = 'info';
}

/** An error with its stack. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function writer(level: Level): (text: string) => void {
  return (text) =>
    logger[level](text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}… (cut)` : text);
}

function rotate(file: string): void {
  const { dir, name, ext } = path.parse(file);
  const aged = (age: number) => (age === 0 ? file : path.join(dir, `${name}.${age}${ext}`));
  for (let age = OLDER_FILES - 1; age >= 0; age--)
    if (fs.existsSync(aged(age))) fs.renameSync(aged(age), aged(age + 1));
}
