/**
 * Exports new images: as a sheet in a file that a person named, or each in a file of its own in a new folder.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  LARGEST_SEED,
  StudioError,
  type Enlargement,
  type ImageBatch,
  type RunConfig,
  type SheetRequest,
} from '../contract/index.ts';
import { generateImages, newPictures, pointOfSeed, type Model } from '../explore/index.ts';
import { safeName, sheetPng } from '../runs/index.ts';
import { enlarged, requireRoom } from './enlarged.ts';
import type { Files } from './exporter.ts';
import { writePicture } from './picture-file.ts';
import { writeFolder } from './write-folder.ts';

type Sheet = { model: Model; config: RunConfig } & Omit<SheetRequest, 'checkpoint'>;

/**
 * `count` pictures of points drawn by the seed: of one class, or a row for each class if there are classes.
 */
export function sheetPictures({ model, config, seed, count, class: chosen }: Sheet): ImageBatch {
  return newPictures({ model, config, key: { seed, stream: 'latent', step: 0 }, count, chosen });
}

/**
 * Writes these pictures, enlarged, and returns the file's size in bytes. Throws as `writePicture` and
 * `enlarged` do.
 */
export function writeSheet({ file, ...asked }: Sheet & Enlargement & { file: string }): number {
  return writePicture(file, enlarged(sheetPictures(asked), asked));
}

/**
 * The pictures of `count` seeds, `seed` and those after it, at the points where walks from these seeds begin:
 * of one class, or of each class in turn. Throws StudioError `invalid-input` beyond the largest seed, and for
 * points of the plane.
 */
export function picturesOfSeeds({ model, config, seed, count, class: chosen }: Sheet): ImageBatch {
  if (config.dataset.source.kind === 'points') throw onlyPoints(config);
  if (seed + count - 1 > LARGEST_SEED) throw beyondSeeds(count);
  const points = Array.from({ length: count }, (_, index) => pointOfSeed(model.latent, seed + index));
  return generateImages(model, joined(points), classesOf({ config, count, class: chosen }));
}

/**
 * Writes each of these pictures, enlarged, as a PNG named by its seed, into a new folder in `folder`. Throws
 * as `picturesOfSeeds`, `enlarged` and `writeFolder` do.
 */
export async function writePictures({
  folder: parent,
  signal,
  ...asked
}: Sheet & Enlargement & { folder: string; signal?: AbortSignal | undefined }): Promise<{
  folder: string;
  files: Files;
}> {
  const images = picturesOfSeeds(asked);
  requireRoom(images, asked.scale ?? 1);
  const files = await pngFiles(images, asked);
  const folder = await writeFolder({
    parent,
    name: `${shortName(asked.config.name, 50)} pictures`,
    files,
    signal,
  });
  return { folder, files };
}

/** Other work of the process goes on between the pictures. */
async function pngFiles(images: ImageBatch, asked: Sheet & Enlargement): Promise<Record<string, Buffer>> {
  const { config, seed } = asked;
  const classes = classesOf({ ...asked, count: images.count });
  const bytes = images.pixels.length / images.count;
  const files: Record<string, Buffer> = {};
  for (let index = 0; index < images.count; index++) {
    await nextTurn();
    const pixels = images.pixels.subarray(index * bytes, (index + 1) * bytes);
    const name = config.classes[classes[index] ?? 0];
    files[`${pictureName(config.name, { seed: seed + index, name })}.png`] = sheetPng(
      enlarged({ ...images, count: 1, pixels }, asked),
    );
  }
  return files;
}

/** Such as "emoji seed 17", or "digits seed 17 class 3" if the generator takes a class. */
function pictureName(run: string, { seed, name }: { seed: number; name: string | undefined }): string {
  const words = `${shortName(run, 24)} seed ${seed}`;
  return name === undefined ? words : `${words} class ${shortName(name, 16)}`;
}

/**
 * At most `most` characters, so that two names fit the 255 bytes of a file name, and without a dot in front.
 */
const shortName = (name: string, most: number): string =>
  Array.from(safeName(name).replace(/^\.+/, '')).slice(0, most).join('').trim() || 'run';

function classesOf({ config, count, class: chosen }: Pick<Sheet, 'config' | 'count' | 'class'>): number[] {
  const classes = Math.max(1, config.classes.length);
  return Array.from({ length: count }, (_, index) => chosen ?? index % classes);
}

function joined(points: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(points.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const point of points) {
    all.set(point, at);
    at += point.length;
  }
  return all;
}

const onlyPoints = ({ name }: RunConfig): StudioError =>
  new StudioError({
    code: 'invalid-input',
    message: `The run "${name}" makes points of a plane, which have no pictures of their own.`,
    remedy: 'Save a sheet, which shows many of them.',
  });

const beyondSeeds = (count: number): StudioError =>
  new StudioError({
    code: 'invalid-input',
    message: `There are fewer than ${count} seeds from that one on.`,
    remedy: `Choose a first seed up to ${LARGEST_SEED - count + 1}.`,
  });
