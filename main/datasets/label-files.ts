/**
 * Files that give each picture its class: dataset.json as StyleGAN's dataset tool writes it, metadata.csv and
 * metadata.jsonl as for the ImageFolder of Hugging Face's datasets.
 */
import { open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { joinPath, namesOf, showPath } from './paths.ts';
import type { FoundFile } from './found.ts';

/** The labels of pictures by their paths, or why a file of labels gives none. */
export type Labels = {
  /** Path of the file of labels. */
  file: string;
  byPath: Map<string, string>;
  /** What is wrong with the file, and what to do about it; then the pictures have no classes. */
  trouble?: { message: string; remedy: string };
};

const LARGEST_BYTES = 256_000_000;
/** Names of the columns, in lower case, the usual one first. */
const FILE_COLUMNS = ['file_name', 'filename', 'file', 'image', 'path'];
const LABEL_COLUMNS = ['label', 'class', 'labels', 'category', 'class_name'];

const labelSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const styleGanSchema = z.object({
  labels: z.array(z.tuple([z.string(), z.union([labelSchema, z.array(z.unknown())])])).nullable(),
});
const rowSchema = z.record(z.string(), z.unknown());

const READERS: Readonly<Record<string, (text: string) => Row[]>> = {
  'dataset.json': readStyleGan,
  'metadata.csv': (text) =>
    readTable(
      parse(text, {
        bom: true,
        delimiter: delimiterOf(text),
        columns: true,
        trim: true,
        skip_empty_lines: true,
      }),
    ),
  'metadata.jsonl': (text) => readTable(linesOf(text)),
};

/** The separator of the columns. In a table with semicolons, commas belong to numbers and sentences. */
function delimiterOf(text: string): string {
  const [head = ''] = text.replace(/^\s+/, '').split('\n');
  const [first = ','] = [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length);
  return first;
}

type Row = { file: string; label: string };
class Trouble extends Error {}

/** Whether this path is that of a file of labels, and so not of a picture. */
export function isLabelFile(path: Buffer): boolean {
  return Object.hasOwn(READERS, nameOf(path));
}

/**
 * The labels in these files; undefined if there are no files. Names in a file are relative to its folder. Of
 * several files in one folder, only the first in the order of READERS counts.
 */
export async function readLabels(files: readonly FoundFile[]): Promise<Labels | undefined> {
  const byFolder = new Map<string, FoundFile>();
  const inOrder = Object.keys(READERS).flatMap((name) => files.filter(({ path }) => nameOf(path) === name));
  for (const file of inOrder) if (!byFolder.has(folderOf(file.path))) byFolder.set(folderOf(file.path), file);
  const [first] = byFolder.values();
  if (!first) return undefined;
  const labels: Labels = { file: showPath(first.path), byPath: new Map() };
  for (const file of byFolder.values()) {
    const rows = await rowsOf(file);
    if (!Array.isArray(rows)) return { ...labels, file: showPath(file.path), trouble: rows };
    for (const { file: name, label } of rows) labels.byPath.set(joined(folderOf(file.path), name), label);
  }
  return labels;
}

async function rowsOf(file: FoundFile): Promise<Row[] | NonNullable<Labels['trouble']>> {
  const shown = showPath(file.path);
  const read = READERS[nameOf(file.path)];
  try {
    return read?.(await textOf(file)) ?? [];
  } catch (error) {
    const why = error instanceof Trouble ? error.message : 'It cannot be read as a table of labels.';
    return {
      message: `${shown} gives no classes. ${why}`,
      remedy: 'Correct the file, or remove it to take the folders as classes.',
    };
  }
}

function readStyleGan(text: string): Row[] {
  const { labels } = styleGanSchema.parse(JSON.parse(text));
  if (labels === null) throw new Trouble('It says that the pictures have no labels.');
  return labels.map(([file, label]) => {
    if (Array.isArray(label)) throw new Trouble('Its labels are lists, which do not give one class.');
    return { file, label };
  });
}

function readTable(rows: unknown[]): Row[] {
  const columns = Object.keys(rowSchema.parse(rows[0] ?? {}));
  const column = (names: string[], what: string): string => {
    const found = names.flatMap((name) => columns.filter((each) => each.toLowerCase() === name))[0];
    if (found === undefined)
      throw new Trouble(`It has no column of ${what}, such as ${names[0]}; it has ${columns.join(', ')}.`);
    return found;
  };
  const [file, label] = [column(FILE_COLUMNS, 'file names'), column(LABEL_COLUMNS, 'labels')];
  return rows.flatMap((row) => {
    const cells = rowSchema.parse(row);
    const given = labelSchema.safeParse(cells[label]);
    return given.success && given.data !== '' ? [{ file: String(cells[file]), label: given.data }] : [];
  });
}

function linesOf(text: string): unknown[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}

async function textOf({ place: { path, part } }: FoundFile): Promise<string> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const length = part ? part.stored : size;
    if (Math.max(length, part?.size ?? 0) > LARGEST_BYTES) throw new Trouble('It is larger than 256 MB.');
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, part?.offset ?? 0);
    const isDeflated = part?.method === 'deflated';
    return (isDeflated ? inflateRawSync(buffer, { maxOutputLength: part.size }) : buffer).toString('utf8');
  } finally {
    await handle.close();
  }
}

function nameOf(path: Buffer): string {
  return showPath(namesOf(path).at(-1) ?? path);
}

function folderOf(path: Buffer): string {
  return namesOf(path).slice(0, -1).map(showPath).join('/');
}

/** A path in the data set; names written on Windows have backslashes, and some begin with './'. */
function joined(folder: string, name: string): string {
  const plain = name.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  return showPath(joinPath(Buffer.from(folder), Buffer.from(plain)));
}
