/**
 * The classes of pictures: from a file of labels if there is one, otherwise from the folders that they lie
 * in.
 */
import type { DatasetSummary, FileNote, LeftOut } from '../contract/index.ts';
import type { Labels } from './label-files.ts';
import { isReadable, namesOf, showPath } from './paths.ts';

/** Stands in place of a class's number for a picture without a class. */
export const NO_CLASS = -1;

export type Classes = {
  /** In natural order: 1, 2, 10. */
  names: string[];
  /** The class of each picture, from 0, or NO_CLASS; all NO_CLASS if there are no names. */
  labels: Int32Array;
  /** Where they come from. */
  from?: string;
  /** Why there are none. */
  classless?: DatasetSummary['classless'];
  /** Pictures that have no class although others have one. */
  leftOut: LeftOut[];
  notes: FileNote[];
};

/** More folders than this are hardly classes; each class would be one number of G's input. */
export const MOST_CLASSES = 256;
/** One picture in ten may lie beside the folders of the classes; more are no mistake. */
const ONE_STRAY_OF = 10;
/** Names of folders that split a data set into parts, which are not classes. */
const SPLITS = new Set(['train', 'training', 'test', 'testing', 'val', 'valid', 'validation', 'dev', 'eval']);

const NATURAL = new Intl.Collator('en', { numeric: true });
const inNaturalOrder = (a: string, b: string) => NATURAL.compare(a, b) || (a < b ? -1 : 1);

type ScannedFiles = {
  /** Paths of the pictures that can be used. */
  paths: readonly Buffer[];
  /** Paths of all files, including those that cannot be used. */
  all: readonly Buffer[];
  emptyFolders: readonly Buffer[];
  labels?: Labels | undefined;
  /** Classes of the run that the data set is for; then a single class is enough. */
  known?: readonly string[] | undefined;
};

/** The classes of pictures; a picture without a label or a folder has none. */
export function classesOf(given: ScannedFiles): Classes {
  return given.labels ? fromLabels(given, given.labels) : fromFolders(given);
}

export function noClasses(count: number, classless?: Classes['classless']): Classes {
  const labels = new Int32Array(count).fill(NO_CLASS);
  return { names: [], labels, leftOut: [], notes: [], ...(classless && { classless }) };
}

function fromLabels({ paths, all, known }: ScannedFiles, { file, byPath, trouble }: Labels): Classes {
  if (trouble) return noClasses(paths.length, trouble);
  const shown = paths.map(showPath);
  const labels = shown.map((path) => byPath.get(path));
  const there = new Set(all.map(showPath));
  const unknown = [...byPath.keys()].filter((path) => !there.has(path));
  const notes = unknown.map((path): FileNote => ({
    file: path,
    kind: 'no-such-file',
    detail: `${file} gives it a label, but there is no such picture.`,
  }));
  const classes = named(labels, {
    from: file,
    why: () => `${file} has no label for it.`,
    shown,
    known,
  });
  return { ...classes, notes: [...notes, ...classes.notes] };
}

function fromFolders({ paths, all, emptyFolders, known }: ScannedFiles): Classes {
  const depth = depthOfClasses(paths, emptyFolders);
  const folders = paths.map((path) => folderAt(path, depth));
  const strays = folders.filter((folder) => folder === undefined).length;
  const bare = emptyFolders.map(namesOf).filter((names) => names.length === depth + 1);
  const empty = bare.map((names) => showPath(names[depth] ?? Buffer.alloc(0)));
  const classless = whyClassless({ folders, strays, empty, depth, paths, known });
  if (classless) return noClasses(paths.length, classless);
  const isRight = (folder: Buffer | undefined) => folder !== undefined && isReadable(folder);
  const labels = folders.map((folder) => (folder && isRight(folder) ? showPath(folder) : undefined));
  const classes = named(labels, {
    from: 'folders',
    why: (index) =>
      folders[index] === undefined
        ? 'It lies beside the folders of the classes. Put it in one of them, or ignore the classes.'
        : 'The name of its folder is not UTF-8. Rename the folder, or ignore the classes.',
    shown: paths.map(showPath),
    known,
  });
  return { ...classes, notes: [...classes.notes, ...withoutPictures({ classes, all, empty, depth })] };
}

/** Notes on folders that are not classes, because they hold nothing that can be used. */
function withoutPictures({
  classes,
  all,
  empty,
  depth,
}: {
  classes: Classes;
  all: readonly Buffer[];
  empty: string[];
  depth: number;
}): FileNote[] {
  const known = new Set(classes.names);
  const seen = all.map((path) => folderAt(path, depth)).filter((folder) => folder !== undefined);
  const unusable = new Set(
    seen
      .filter(isReadable)
      .map(showPath)
      .filter((name) => !known.has(name)),
  );
  const note = (file: string, detail: string): FileNote => ({ file, kind: 'empty-class', detail });
  return [
    ...empty.map((name) => note(name, 'This folder is empty, so it is not a class.')),
    ...[...unusable].map((name) =>
      note(name, 'No picture in this folder can be used, so it is not a class.'),
    ),
  ];
}

/** How many levels of folders lie above those of the classes: wrappers that hold everything, or splits. */
function depthOfClasses(paths: readonly Buffer[], emptyFolders: readonly Buffer[]): number {
  const most = 16;
  for (let depth = 0; depth < most; depth++) {
    const names = new Set(paths.map((path) => nameAt(path, depth)));
    const bare = emptyFolders.map(namesOf).filter((each) => each.length === depth + 1);
    const isWrapper =
      names.size === 1 && !names.has(undefined) && bare.length === 0 && hasFolders(paths, depth + 1);
    if (!isWrapper && !areSplits(names)) return depth;
  }
  return 0;
}

function hasFolders(paths: readonly Buffer[], depth: number): boolean {
  return paths.some((path) => folderAt(path, depth) !== undefined);
}

function areSplits(names: Set<string | undefined>): boolean {
  const folders = [...names].filter((name) => name !== undefined);
  return folders.length > 1 && folders.every((name) => SPLITS.has(name.toLowerCase()));
}

function folderAt(path: Buffer, depth: number): Buffer | undefined {
  return namesOf(path).slice(0, -1)[depth];
}

function nameAt(path: Buffer, depth: number): string | undefined {
  const folder = folderAt(path, depth);
  return folder && showPath(folder);
}

type FoldersAtDepth = Pick<ScannedFiles, 'paths' | 'known'> & {
  /** The folder of each picture at this depth; undefined for one that lies beside the folders. */
  folders: (Buffer | undefined)[];
  strays: number;
  empty: string[];
  depth: number;
};

function whyClassless(found: FoldersAtDepth): Classes['classless'] {
  const { folders, strays, empty, depth, paths, known } = found;
  const names = new Set(folders.filter((folder) => folder !== undefined).map(showPath));
  const [first] = names;
  const remedy = 'Put the pictures of each class in a folder of its own, or add a metadata.csv with labels.';
  if (first === undefined) {
    const split = depth > 0 ? nameAt(paths[0] ?? Buffer.alloc(0), depth - 1) : undefined;
    const message =
      split !== undefined && SPLITS.has(split.toLowerCase())
        ? 'Its folders, such as train and test, are splits and not classes; there are no folders in them.'
        : 'Its pictures do not lie in folders of their own.';
    return { message, remedy };
  }
  if (names.size === 1 && !known?.includes(first)) {
    const message =
      empty.length > 0
        ? `Only the folder ${first} holds pictures; ${empty.join(', ')} is empty. There must be two classes or more.`
        : `Its pictures lie in one folder, ${first}. There must be two classes or more.`;
    return { message, remedy };
  }
  if (names.size > MOST_CLASSES) {
    const message = `Its pictures lie in ${names.size} folders; at most ${MOST_CLASSES} can be classes.`;
    return { message, remedy: 'Choose a folder that holds fewer, or merge some of them.' };
  }
  if (strays * ONE_STRAY_OF > folders.length) {
    const message = `${strays} of its ${folders.length} pictures lie beside the folders.`;
    return { message, remedy: 'Put them in the folders of their classes.' };
  }
  return undefined;
}

/** The classes of labels: their names in natural order, and the number of each picture's class. */
function named(
  given: (string | undefined)[],
  {
    from,
    why,
    shown,
    known,
  }: { from: string; why: (index: number) => string; shown: string[]; known: ScannedFiles['known'] },
): Classes {
  const names = [...new Set(given.filter((label) => label !== undefined))].sort(inNaturalOrder);
  const isFew = names.length < (known ? 1 : 2);
  if (isFew || names.length > MOST_CLASSES) {
    const message =
      names.length > MOST_CLASSES
        ? `${from} names ${names.length} classes; at most ${MOST_CLASSES} are possible.`
        : `Of the pictures that can be used, ${from} makes ${names.length === 1 ? `one class, ${names[0]}` : 'no classes'}.`;
    return noClasses(given.length, { message, remedy: 'A conditional GAN needs two classes or more.' });
  }
  const numbers = new Map(names.map((name, number) => [name, number]));
  const leftOut = given.flatMap((label, index): LeftOut[] =>
    label === undefined ? [{ file: shown[index] ?? '', reason: 'no-class', detail: why(index) }] : [],
  );
  const labels = Int32Array.from(given, (label) =>
    label === undefined ? NO_CLASS : (numbers.get(label) ?? NO_CLASS),
  );
  return { names, labels, from, leftOut, notes: [] };
}
