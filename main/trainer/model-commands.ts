/**
 * What a person takes from a trained model: pictures of latent points, their own pictures rebuilt, a model for
 * other programs, a sheet.
 */
import path from 'node:path';
import type { CommandInput, CommandOutput, ImageBatch, RunConfig, WalkEnd } from '../contract/index.ts';
import {
  asPictures,
  encode,
  generateImages,
  pointOfSeed,
  rebuild,
  useOf,
  walk,
  type Model,
} from '../explore/index.ts';
import { EXPORTERS, sheetPictures, writeSheet } from '../export/index.ts';
import { anotherRun, cannot, noSuchClass } from './failures.ts';
import type { OwnPictures } from './own-pictures.ts';

export type Trained = { config: RunConfig; model: Model; step: number };

/**
 * Images on the way from one point to another. Throws StudioError `invalid-input` for a class that the run does
 * not know, `cannot` for a picture where the model has no encoder, `picture-unusable`.
 */
export async function interpolate(
  trained: () => Trained,
  { from, to, class: chosen = 0, positions, walk: way }: CommandInput<'latent.interpolate'>,
  pictures: OwnPictures,
): Promise<ImageBatch> {
  const before = trained().config;
  const [first, last] = await Promise.all([endOf(trained(), from, pictures), endOf(trained(), to, pictures)]);
  const { config, model } = sameRun(trained, before);
  if (chosen >= Math.max(1, config.classes.length)) throw noSuchClass(config);
  const pointOf = (end: End) =>
    'seed' in end ? pointOfSeed(model.latent, end.seed) : encode(model, end.image);
  return generateImages(
    model,
    walk(model.latent, [pointOf(first), pointOf(last)], { way, positions }),
    new Int32Array(positions.length).fill(chosen),
  );
}

/** A picture took its time: the run has gone on. Throws StudioError `cancelled` where another one is open. */
function sameRun(trained: () => Trained, config: RunConfig): Trained {
  const now = trained();
  if (now.config.dataset === config.dataset && now.config.gan === config.gan) return now;
  throw anotherRun();
}

type End = { seed: number } | { image: Float32Array };

async function endOf({ model, config }: Trained, end: WalkEnd, pictures: OwnPictures): Promise<End> {
  if ('seed' in end) return end;
  if ('sample' in end) throw cannot(config, 'find the latent point of a sample');
  if (!useOf(model, 'encode')) throw cannot(config, 'find the latent point of a picture');
  return { image: await pictures.get(end.picture, config) };
}

/** The picture as the networks see it, and its rebuilding. Throws StudioError `cannot` or `picture-unusable`. */
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

export async function exportGenerator(
  trained: Trained,
  { format, folder }: CommandInput<'export.generator'>,
): Promise<CommandOutput<'export.generator'>> {
  return EXPORTERS[format].write({ ...trained, folder });
}

export function exportSheet(
  { config, model }: Trained,
  request: CommandInput<'export.sheet'>,
): CommandOutput<'export.sheet'> {
  requireClass(config, request.class);
  return { file: path.resolve(request.file), bytes: writeSheet({ model, config, ...request }) };
}

/** What `exportSheet` would write. Throws StudioError `invalid-input` for a class that the run does not know. */
export function previewSheet(
  { config, model }: Trained,
  request: CommandInput<'export.preview'>,
): CommandOutput<'export.preview'> {
  requireClass(config, request.class);
  return sheetPictures({ model, config, ...request });
}

function requireClass(config: RunConfig, chosen: number | undefined): void {
  if (chosen !== undefined && chosen >= config.classes.length) throw noSuchClass(config);
}
