/** Writes exports: each into a new folder that is whole or not there, and checked in its own runtime. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError, type Exported, type ExportFormat, type ExportLayout } from '../contract/index.ts';
import type { CheckExport } from '../export-checks/index.ts';
import { diskFailure, freeFolder, realDisk, safeName } from '../runs/index.ts';
import type { ExportSubject, Exporter, Files } from './exporter.ts';
import { EXPORTERS } from './formats.ts';

export type Exporting = { format: ExportFormat; doing: 'writing' | 'checking'; done: number; total: number };

type Request = {
  subject: ExportSubject;
  formats: readonly ExportFormat[];
  layout?: ExportLayout | undefined;
  /** The new folders are made below this one. */
  folder: string;
  check: CheckExport;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Exporting) => void) | undefined;
};

/**
 * Writes every format in turn. When one is refused, or it is cancelled, what was written in this call is removed again.
 * Throws StudioError `not-written`, `not-portable`, or `cancelled`.
 */
export async function writeExports({
  formats,
  signal = new AbortController().signal,
  ...request
}: Request): Promise<Exported[]> {
  const written: Exported[] = [];
  const say = (format: ExportFormat, doing: Exporting['doing']) =>
    request.onProgress?.({ format, doing, done: written.length, total: formats.length });
  const folders: string[] = [];
  try {
    for (const format of formats) {
      say(format, 'writing');
      await nextTurn();
      requireNotCancelled(signal);
      const folder = await writeOne(EXPORTERS[format], { ...request, format, signal });
      folders.push(folder);
      say(format, 'checking');
      const check = await request.check({ format, folder, signal });
      requireNotCancelled(signal);
      written.push({ format, folder, files: filesIn(folder), check });
    }
  } catch (error) {
    folders.forEach(removeQuietly);
    throw error;
  }
  return written;
}

async function writeOne(
  exporter: Exporter,
  {
    subject,
    layout = 'NCHW',
    folder: parent,
    format,
    signal,
  }: Omit<Request, 'formats'> & { format: ExportFormat; signal: AbortSignal },
): Promise<string> {
  const files = await exporter.files(subject, { layout });
  requireNotCancelled(signal);
  const folder = freeFolder(path.resolve(parent), folderName(subject, format));
  const unfinished = newUnfinished(folder);
  try {
    for (const [name, content] of Object.entries(files)) {
      await nextTurn();
      requireNotCancelled(signal);
      writeFile(path.join(unfinished, name), content);
    }
    putInPlace(unfinished, folder);
  } catch (error) {
    removeQuietly(unfinished);
    throw diskFailure(error, folder);
  }
  return folder;
}

/** A new folder beside the one that it becomes, whose name nobody can guess. */
function newUnfinished(folder: string): string {
  try {
    realDisk.makeFolder(path.dirname(folder));
    const unfinished = `${folder}.unfinished-${randomBytes(8).toString('hex')}`;
    fs.mkdirSync(unfinished);
    return unfinished;
  } catch (error) {
    throw diskFailure(error, folder);
  }
}

function writeFile(file: string, content: Files[string]): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = realDisk.open(file, 'new');
  try {
    realDisk.write(descriptor, typeof content === 'string' ? Buffer.from(content) : content);
    realDisk.sync(descriptor);
  } finally {
    realDisk.close(descriptor);
  }
}

function putInPlace(unfinished: string, folder: string): void {
  // A rename replaces an empty folder that came there meanwhile, and nothing else.
  fs.renameSync(unfinished, folder);
  realDisk.syncFolder(path.dirname(folder));
}

function filesIn(folder: string): Exported['files'] {
  const below = (part: string): Exported['files'] =>
    fs.readdirSync(path.join(folder, part), { withFileTypes: true }).flatMap((entry) => {
      const name = part === '' ? entry.name : `${part}/${entry.name}`;
      return entry.isDirectory() ? below(name) : [{ name, bytes: fs.statSync(path.join(folder, name)).size }];
    });
  return below('');
}

/** Such as "löwen-bären-step-10-onnx". */
function folderName({ name, step }: ExportSubject, format: ExportFormat): string {
  const words = `${safeName(name)} step ${step} ${format}`
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  return words.join('-');
}

/** What could not be written may not be removable either; the first error is the one to tell. */
function removeQuietly(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // The name says that it is unfinished.
  }
}

function requireNotCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new StudioError({
    code: 'cancelled',
    message: 'The export was cancelled.',
    remedy: 'Nothing of it is left; export again when you like.',
  });
}
