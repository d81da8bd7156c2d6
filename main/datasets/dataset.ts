/** An open data set: its prepared pictures, chosen, summed up and drawn in batches. */
import type {
  DatasetOptions,
  DatasetSource,
  DatasetSummary,
  ImageBatch,
  PictureEntry,
  RunConfig,
} from '../contract/index.ts';
import type { BatchStream } from './batch-stream.ts';
import { createBatches, type BatchRequest, type Batches, type StreamRequest } from './batches.ts';
import { imageBytesOf } from './cache.ts';
import {
  choosePictures,
  inTurns,
  picked,
  pictureList,
  type Chosen,
  type Picture,
  type Usable,
} from './chosen.ts';
import { contentOf, type PictureList } from './content.ts';
import { heldApart } from './held-out.ts';
import { showPath } from './paths.ts';
import type { Pixels } from './pixels.ts';
import type { FoundFile } from './found.ts';
import type { Scan } from './scan.ts';

/** Images that can be read by index. */
export type Readable = {
  count: number;
  /** The class of each, from 0; empty without classes. */
  labels: Uint16Array;
  /** The images at these indices (0 to count - 1), [indices.length, size, size, channels] bytes. */
  bytes(indices: ArrayLike<number>): Uint8Array<ArrayBuffer>;
};

/** What a run trains on; fewer than 2 images only if the person has left out the others. */
export type Dataset = Readable & {
  /** Of all its pictures, including those held out. */
  summary: DatasetSummary;
  size: number;
  /** 2 for points of the plane, which are images of one pixel. */
  channels: 1 | 2 | 3;
  /** Pictures that are not trained on; absent if none are held out. */
  heldOut?: Readable;
  /**
   * The same without the pictures that a run with these settings holds out; undefined if none. Both share the
   * pixels.
   */
  holdOut?(settings: Pick<RunConfig, 'heldOut' | 'seed' | 'classes'>): Dataset | undefined;
  /**
   * One shuffled batch, [batch, size, size, channels] in [-1, 1]; a pure function of seed and step, which
   * counts from 0.
   */
  batch(request: BatchRequest): Float32Array<ArrayBuffer>;
  /** The same batches, step after step, read ahead of need: for training. */
  stream(request: StreamRequest): BatchStream;
  /**
   * The list of all its pictures, including those held out, for a run that uses these classes, if any, or
   * evens them out; absent for points.
   */
  pictures?(classes: readonly string[]): PictureList;
  /** Releases the pixels, once pending reads have ended; the data set must not be used afterwards. */
  close(): void;
};

/** A data set of pictures, which can be looked at one by one. */
export type PictureDataset = Dataset & {
  /** The same with these pictures left out, by the hashes of their files; both share the pixels. */
  withLeftOut(leftOut: readonly string[]): PictureDataset;
  /** Pictures that can be used, left out or not: one of each class in turn. */
  preview(from: number, count: number): { images: ImageBatch; pictures: PictureEntry[] };
  /** The picture whose file has this hash: where the file lies, and the image as the network sees it. */
  find(file: string): { found: FoundFile; after: ImageBatch } | undefined;
};

/** What was opened, before any pictures are chosen from it. */
export type Opened = {
  id: string;
  source: DatasetSource;
  options: DatasetOptions;
  name: string;
  scan: Scan;
  /** How many files were looked at, pictures or not. */
  filesSeen: number;
  usable: Usable;
  pixels: Pixels;
};

/** `like`: the pictures of a run, whose order and classes are kept. */
export function createDataset(
  opened: Opened,
  { leftOut, like }: { leftOut: readonly string[]; like?: PictureList | undefined },
): PictureDataset {
  const { options, pixels, usable } = opened;
  const chosen = choosePictures(usable, { leftOut, like });
  const batchOf = batchesIn(opened);
  const shown = inTurns(usable.pictures, usable.classes);
  const without = new Set(leftOut);
  const listFor = (classes: readonly string[]) =>
    pictureList(chosen, classes.length > 0 || options.evenClasses);
  const all: PictureDataset = {
    summary: summaryOf(opened, chosen, leftOut),
    size: options.size,
    channels: channelsOf(options),
    ...trainedOn(opened, chosen),
    pictures: listFor,
    holdOut({ heldOut: share, seed, classes }) {
      const apart = share > 0 ? heldApart(listFor(classes), { share, seed }) : undefined;
      if (!apart || apart.heldOut.length === 0) return undefined;
      return {
        ...all,
        ...trainedOn(opened, picked(chosen, apart.trained)),
        heldOut: readable(opened, picked(chosen, apart.heldOut)),
      };
    },
    withLeftOut: (others) => createDataset(opened, { leftOut: others, like }),
    preview(from, most) {
      const pictures = shown.slice(from, from + most);
      return { images: batchOf(pictures), pictures: pictures.map((each) => entryOf(each, without)) };
    },
    find(file) {
      const picture = shown.find(({ prepared }) => prepared.file === file);
      return picture && { found: picture.found, after: batchOf([picture]) };
    },
    close: () => pixels.close(),
  };
  return all;
}

function trainedOn(opened: Opened, chosen: Chosen): Readable & Batches {
  const { options, pixels } = opened;
  return {
    ...readable(opened, chosen),
    ...createBatches({
      pixels,
      images: indicesOf(chosen),
      size: options.size,
      channels: channelsOf(options),
      labels: chosen.labels,
      mirror: options.mirror ? 'half' : 'never',
      classes: options.evenClasses ? 'evened' : 'as they come',
    }),
  };
}

function readable(opened: Opened, chosen: Chosen): Readable {
  const indices = indicesOf(chosen);
  const images = imagesIn(opened);
  return {
    count: indices.length,
    labels: chosen.labels,
    bytes: (wanted) => images(Array.from(wanted, (index) => imageAt(indices, index))),
  };
}

function indicesOf({ pictures }: Chosen): Uint32Array {
  return Uint32Array.from(pictures, ({ image }) => image);
}

function channelsOf({ colour }: DatasetOptions): 1 | 3 {
  return colour === 'rgb' ? 3 : 1;
}

function batchesIn(opened: Opened): (pictures: readonly Picture[]) => ImageBatch {
  const { options } = opened;
  const images = imagesIn(opened);
  return (pictures) => ({
    count: pictures.length,
    size: options.size,
    channels: channelsOf(options),
    pixels: images(pictures.map(({ image }) => image)),
  });
}

/** Reads prepared images by their indices: [indices.length, size, size, channels] bytes. */
function imagesIn({ pixels, options }: Opened): (indices: number[]) => Uint8Array<ArrayBuffer> {
  const imageBytes = imageBytesOf(options);
  return (indices) => {
    const { bytes, slots, release } = pixels.read(Uint32Array.from(indices));
    const target = new Uint8Array(indices.length * imageBytes);
    slots.forEach((slot, index) =>
      target.set(bytes.subarray(slot * imageBytes, (slot + 1) * imageBytes), index * imageBytes),
    );
    release();
    return target;
  };
}

function imageAt(indices: Uint32Array, index: number): number {
  const image = Number.isInteger(index) && index >= 0 ? indices[index] : undefined;
  if (image === undefined)
    throw new RangeError(`Picture ${index} of ${indices.length}: expected 0 to ${indices.length - 1}`);
  return image;
}

function entryOf({ found, prepared, class: name }: Picture, leftOut: Set<string>): PictureEntry {
  return {
    name: showPath(found.path),
    file: prepared.file,
    ...(name !== undefined && { class: name }),
    isLeftOut: leftOut.has(prepared.file),
    original: prepared.original,
  };
}

function summaryOf(opened: Opened, chosen: Chosen, leftOut: readonly string[]): DatasetSummary {
  const { id, source, options, name, scan, usable, filesSeen } = opened;
  const { pictures, classes, labels, classless } = chosen;
  const present = new Set(usable.pictures.map(({ prepared }) => prepared.file));
  const originalSizes = sizesOf(pictures);
  return {
    id,
    source,
    options,
    leftOut: [...usable.leftOut, ...chosen.leftOut],
    leftOutByHand: [...new Set(leftOut)].filter((file) => present.has(file)),
    content: contentOf(pictureList(chosen, true)),
    name,
    taken: source.kind === 'built-in' ? 'This set comes with GAN Studio.' : scan.taken,
    count: pictures.length,
    usable: usable.pictures.length,
    filesSeen,
    notes: usable.notes,
    formats: formatsOf(pictures),
    ...(originalSizes && { originalSizes }),
    classes: classes.map((each, index) => ({
      name: each,
      count: labels.filter((label) => label === index).length,
    })),
    ...(classes.length > 0 && usable.classesFrom !== undefined && { classesFrom: usable.classesFrom }),
    ...(classless && { classless }),
  };
}

function formatsOf(pictures: Picture[]): Record<string, number> {
  const formats: Record<string, number> = {};
  for (const { prepared } of pictures) formats[prepared.format] = (formats[prepared.format] ?? 0) + 1;
  return formats;
}

function sizesOf(pictures: Picture[]): DatasetSummary['originalSizes'] {
  const ordered = pictures.map(({ prepared }) => prepared.original).sort((a, b) => a[0] * a[1] - b[0] * b[1]);
  const smallest = ordered[0];
  const median = ordered[Math.floor(ordered.length / 2)];
  const largest = ordered.at(-1);
  return smallest && median && largest ? { smallest, median, largest } : undefined;
}
