/**
 * Commands on a trained model: pictures of latent points, a person's own pictures rebuilt, files of new
 * pictures.
 */
import path from 'node:path';
import type { CommandInput, CommandOutput, ImageBatch, RunConfig, WalkEnd } from '../contract/index.ts';
import {
  asPictures,
  encode,
  generateImages,
  pointOfSample,
  pointOfSeed,
  rebuild,
  useOf,
  walk,
  type SamplePoint,
} from '../explore/index.ts';
import {
  enlarged,
  picturesOfSeeds,
  sheetPictures,
  writePictures,
  writeSheet,
  type Exportable,
} from '../export/index.ts';
import { anotherRun, cannot, noPoint, noSuchClass } from './failures.ts';
import type { OwnPictures } from './own-pictures.ts';

export type Trained = Exportable;

/**
 * The pictures of a walk from one latent point to another. Throws StudioError `invalid-input` for a class
 * that the run does not know, `cannot` for a picture if the model has no encoder and for a sample that has no
 * latent point, and `picture-unusable`.
 */
export async function interpolate(
  trained: () => Trained,
  { from, to, class: asked, positions, walk: way }: CommandInput<'latent.interpolate'>,
  pictures: OwnPictures,
): Promise<ImageBatch> {
  const before = trained().config;
  const [first, last] = await Promise.all([endOf(trained(), from, pictures), endOf(trained(), to, pictures)]);
  const now = sameRun(trained, before);
  const { config, model } = now;
  const ends = [requiredPoint(now, first), requiredPoint(now, last)] as const;
  const chosen = asked ?? ends[0].class ?? 0;
  if (chosen >= Math.max(1, config.classes.length)) throw noSuchClass(config);
  return generateImages(
    model,
    walk(model.latent, [ends[0].z, ends[1].z], { way, positions }),
    new Int32Array(positions.length).fill(chosen),
  );
}

/** The latent point of an end of a walk; null for a sample that has none. Throws as `interpolate` does. */
export async function latentPoint(
  trained: () => Trained,
  { end }: CommandInput<'latent.point'>,
  pictures: OwnPictures,
): Promise<CommandOutput<'latent.point'>> {
  const before = trained().config;
  const known = await endOf(trained(), end, pictures);
  const point = pointOf(sameRun(trained, before), known);
  return point ? { ...point, z: Float32Array.from(point.z) } : null;
}

/**
 * The present model, after a picture was read. Throws StudioError `cancelled` if another run has been opened
 * meanwhile.
 */
function sameRun(trained: () => Trained, config: RunConfig): Trained {
  const now = trained();
  if (now.config.dataset === config.dataset && now.config.gan === config.gan) return now;
  throw anotherRun();
}

/** An end whose picture, if it is one, has been read. */
type End = Exclude<WalkEnd, { picture: string }> | { image: Float32Array };

async function endOf({ model, config }: Trained, end: WalkEnd, pictures: OwnPictures): Promise<End> {
  if (!('picture' in end)) return end;
  if (!useOf(model, 'encode')) throw cannot(config, 'find the latent point of a picture');
  return { image: await pictures.get(end.picture, config) };
}

function pointOf({ model, config }: Trained, end: End): SamplePoint | undefined {
  if ('seed' in end) return { z: pointOfSeed(model.latent, end.seed) };
  if ('image' in end) return { z: encode(model, end.image) };
  return pointOfSample({ model, config }, end.sample);
}

function requiredPoint(trained: Trained, end: End): SamplePoint {
  const point = pointOf(trained, end);
  if (point) return point;
  throw noPoint(trained.config);
}

/**
 * The picture as the networks see it, then as the model rebuilds it. Throws StudioError `cannot` or
 * `picture-unusable`.
 */
export async function rebuildPicture(
  trained: () => Trained,
  { picture }: CommandInput<'latent.rebuild'>,
  pictures: OwnPictures,
): Promise<ImageBatch> {
  const { config } = trained();
  if (!useOf(trained().model, 'rebuild')) throw cannot(config, 'rebuild pictures');
  const image = await pictures.get(picture, config);
  const { model } = sameRun(trained, config);
  const [own, rebuilt] = [asPictures(model, image), asPictures(model, rebuild(model, image))];
  return { ...own, count: 2, pixels: Buffer.concat([own.pixels, rebuilt.pixels]) };
}

export function exportSheet(
  { config, model }: Trained,
  request: CommandInput<'export.sheet'>,
): CommandOutput<'export.sheet'> {
  requireClass(config, request.class);
  return { file: path.resolve(request.file), bytes: writeSheet({ model, config, ...request }) };
}

/** Throws StudioError `invalid-input` for a class that the run does not know, and as `writePictures` does. */
export async function exportPictures(
  { config, model }: Trained,
  request: CommandInput<'export.pictures'> & { signal?: AbortSignal },
): Promise<CommandOutput<'export.pictures'>> {
  requireClass(config, request.class);
  const { folder, files } = await writePictures({ model, config, ...request });
  return {
    folder,
    files: Object.entries(files).map(([name, content]) => ({ name, bytes: content.length })),
  };
}

/**
 * The pictures that these exports would write. Throws StudioError `invalid-input` for a class that the run
 * does not know.
 */
export function previewPictures(
  { config, model }: Trained,
  { kind = 'sheet', ...request }: CommandInput<'export.preview'>,
): CommandOutput<'export.preview'> {
  requireClass(config, request.class);
  const pictures = { sheet: sheetPictures, separate: picturesOfSeeds }[kind];
  return enlarged(pictures({ model, config, ...request }), request);
}

function requireClass(config: RunConfig, chosen: number | undefined): void {
  if (chosen !== undefined && chosen >= config.classes.length) throw noSuchClass(config);
}
