/**
 * Writes exports, each into a new folder that is either whole or absent, and checks each in its own runtime.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  toFailure,
  type ExportCheck,
  type Exported,
  type ExportFormat,
  type ExportLayout,
} from '../contract/index.ts';
import type { CheckExport } from '../export-checks/index.ts';
import { safeName } from '../runs/index.ts';
import { dashed } from './dashed.ts';
import type { ExportSubject, Exporter } from './exporter.ts';
import { EXPORTERS } from './formats.ts';
import { removeQuietly, requireNotCancelled, writeFolder } from './write-folder.ts';

export type Exporting = { format: ExportFormat; doing: 'writing' | 'checking'; done: number; total: number };

type Request = {
  subject: ExportSubject;
  formats: readonly ExportFormat[];
  layout?: ExportLayout | undefined;
  /** The new folders are made in this one. */
  folder: string;
  check: CheckExport;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Exporting) => void) | undefined;
};

/**
 * Writes every format in turn. If one fails, or the signal aborts, removes all that this call has written.
 * Throws StudioError `not-written`, `not-portable` or `cancelled`.
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
      const files = filesIn(folder);
      say(format, 'checking');
      const check = await request.check({ format, folder, signal }).catch(failedCheck);
      requireNotCancelled(signal);
      written.push({ format, folder, files, check });
    }
  } catch (error) {
    folders.forEach(removeQuietly);
    throw error;
  }
  return written;
}

/** An export that could not be checked is kept. */
const failedCheck = (error: unknown): ExportCheck => ({ failure: toFailure(error) });

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
  return writeFolder({ parent, name: folderName(subject, format), files, signal });
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
  return dashed(`${safeName(name)} step ${step} ${format}`);
}
