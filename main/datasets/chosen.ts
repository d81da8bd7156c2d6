/**
 * Chooses the pictures of a data set from the prepared ones: which, in what order, and with which classes.
 */
import type { DatasetOptions, DatasetSummary, FileNote, LeftOut } from '../contract/index.ts';
import { classesOf, NO_CLASS, noClasses, type Classes } from './classes.ts';
import { inOrderOf, PREPARATION, type PictureList } from './content.ts';
import type { Labels } from './label-files.ts';
import { showPath } from './paths.ts';
import { isPicture, type Outcome, type PreparedFile } from './prepare.ts';
import type { FoundFile } from './found.ts';
import type { Scan } from './scan.ts';

/** A picture that can be used. */
export type Picture = {
  found: FoundFile;
  prepared: PreparedFile;
  /** Its index among the prepared pixels. */
  image: number;
  /** The name of its class. */
  class?: string | undefined;
};

/** All pictures that can be used, and why the others cannot. */
export type Usable = {
  pictures: Picture[];
  leftOut: LeftOut[];
  notes: FileNote[];
  /** In natural order. */
  classes: string[];
} & Pick<DatasetSummary, 'classesFrom' | 'classless'>;

/** The pictures that batches are drawn from. */
export type Chosen = {
  pictures: Picture[];
  classes: string[];
  /** The class of each, from 0; empty without classes. */
  labels: Uint16Array;
  leftOut: LeftOut[];
} & Pick<DatasetSummary, 'classless'>;

const IGNORED = {
  message: 'Its classes are ignored, as the setting Classes says.',
  remedy: 'Set Classes to As found to use them.',
};

export function usablePictures({
  scan,
  files,
  outcomes,
  labels,
  known,
  options,
}: {
  scan: Scan;
  files: readonly FoundFile[];
  outcomes: readonly Outcome[];
  labels: Labels | undefined;
  /** Classes of the run that the pictures are for. */
  known: readonly string[] | undefined;
  options: DatasetOptions;
}): Usable {
  const prepared: Picture[] = [];
  const leftOut: LeftOut[] = [...scan.leftOut];
  files.forEach((found, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) return;
    if (isPicture(outcome)) prepared.push({ found, prepared: outcome, image: prepared.length });
    else leftOut.push({ file: showPath(found.path), ...outcome });
  });
  const classes = classesIn({ prepared, files, scan, labels, known, options });
  const pictures = prepared
    .map((picture, index) => ({ ...picture, class: classes.names[classes.labels[index] ?? NO_CLASS] }))
    .filter((picture) => classes.names.length === 0 || picture.class !== undefined);
  return {
    pictures,
    leftOut: [...leftOut, ...classes.leftOut],
    notes: [...scan.notes, ...classes.notes, ...pictures.flatMap((picture) => notesOf(picture, options))],
    classes: classes.names,
    ...(classes.from !== undefined && { classesFrom: classes.from }),
    ...(classes.classless && { classless: classes.classless }),
  };
}

function classesIn({
  prepared,
  files,
  scan,
  labels,
  known,
  options,
}: {
  prepared: Picture[];
  files: readonly FoundFile[];
  scan: Scan;
  labels: Labels | undefined;
  known: readonly string[] | undefined;
  options: DatasetOptions;
}): Classes {
  if (options.classes === 'ignored') return noClasses(prepared.length, IGNORED);
  return classesOf({
    paths: prepared.map(({ found }) => found.path),
    all: files.map(({ path }) => path),
    emptyFolders: scan.emptyFolders,
    labels,
    known,
  });
}

function notesOf({ found, prepared }: Picture, { size, framing }: DatasetOptions): FileNote[] {
  const file = showPath(found.path);
  const [width, height] = prepared.original;
  const shown = framing === 'crop' ? Math.min(width, height) : Math.max(width, height);
  const detail = `${width} × ${height} pixels, enlarged to ${size}: it will look blurred.`;
  return [
    ...prepared.notes.map((note) => ({ ...note, file })),
    ...(shown < size ? [{ file, kind: 'small' as const, detail }] : []),
  ];
}

/**
 * The pictures that the person has not left out. With `like`, the pictures of a run, the classes are in the
 * run's order, and so are the pictures if they are the same.
 */
export function choosePictures(
  usable: Usable,
  { leftOut, like }: { leftOut: readonly string[]; like?: PictureList | undefined },
): Chosen {
  const without = new Set(leftOut);
  const kept = usable.pictures.filter(({ prepared }) => !without.has(prepared.file));
  const known = like && like.classes.length > 0 ? like.classes : undefined;
  const present = usable.classes.filter((name) => kept.some((picture) => picture.class === name));
  const isLeft = present.length < 2 && usable.classes.length > 0 && !known;
  const classes = known ?? (isLeft ? [] : present);
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const isKnown = (picture: Picture) => !known || numbers.has(picture.class ?? '');
  const pictures = kept.filter(isKnown);
  const chosen: Chosen = {
    pictures,
    classes,
    labels: Uint16Array.from(
      classes.length > 0 ? pictures : [],
      (each) => numbers.get(each.class ?? '') ?? 0,
    ),
    leftOut: kept.filter((picture) => !isKnown(picture)).map(unknownClass),
    ...(isLeft ? { classless: ONE_CLASS } : usable.classless && { classless: usable.classless }),
  };
  const order = like && inOrderOf(like, pictureList(chosen, like.classes.length > 0));
  return order ? picked(chosen, order) : chosen;
}

const ONE_CLASS = {
  message: 'With these pictures left out, fewer than two classes have pictures.',
  remedy: 'Put pictures of another class back.',
};

function unknownClass({ found, class: name }: Picture): LeftOut {
  const detail = name === undefined ? 'It has no class.' : `The run does not know the class ${name}.`;
  return { file: showPath(found.path), reason: 'no-class', detail };
}

/** The pictures at these indices, in this order. */
export function picked(chosen: Chosen, order: readonly number[]): Chosen {
  return {
    ...chosen,
    pictures: order.flatMap((index) => chosen.pictures[index] ?? []),
    labels: Uint16Array.from(chosen.labels.length > 0 ? order : [], (index) => chosen.labels[index] ?? 0),
  };
}

/** The list of these pictures, as a run keeps it. */
export function pictureList({ pictures, classes, labels }: Chosen, hasClasses: boolean): PictureList {
  return {
    preparation: PREPARATION,
    hashes: pictures.map(({ prepared }) => prepared.hash),
    classes: hasClasses ? classes : [],
    labels: hasClasses ? [...labels] : [],
  };
}

/** One picture of each class, then the next of each, so that the first few show all classes. */
export function inTurns(pictures: readonly Picture[], classes: readonly string[]): Picture[] {
  if (classes.length === 0) return [...pictures];
  const byClass = classes.map((name) => pictures.filter((picture) => picture.class === name));
  const longest = byClass.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, round) => byClass.flatMap((own) => own[round] ?? [])).flat();
}
