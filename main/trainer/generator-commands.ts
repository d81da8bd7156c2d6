/**
 * What a person takes from a trained generator: pictures of latent points, a model for other programs, a
 * sheet.
 */
import path from 'node:path';
import type { CommandInput, CommandOutput, ImageBatch, RunConfig } from '../contract/index.ts';
import { generateImages, walk, type Generator } from '../explore/index.ts';
import { EXPORTERS, writeSheet } from '../export/index.ts';
import { noSuchClass } from './failures.ts';

export type Trained = { config: RunConfig; generator: Generator; step: number };

/** Throws StudioError `invalid-input` for a class that the run does not know. */
export function interpolate(
  { config, generator }: Trained,
  interpolation: CommandInput<'latent.interpolate'>,
): ImageBatch {
  const { class: chosen = 0, positions } = interpolation;
  if (chosen >= Math.max(1, config.classes.length)) throw noSuchClass(config);
  return generateImages(
    generator,
    walk(config.z, interpolation),
    new Int32Array(positions.length).fill(chosen),
  );
}

export async function exportGenerator(
  trained: Trained,
  { format, folder }: CommandInput<'export.generator'>,
): Promise<CommandOutput<'export.generator'>> {
  return EXPORTERS[format].write({ ...trained, folder });
}

export function exportSheet(
  { config, generator }: Trained,
  { file, seed, count }: CommandInput<'export.sheet'>,
): CommandOutput<'export.sheet'> {
  return { file: path.resolve(file), bytes: writeSheet({ generator, config, seed, count, file }) };
}
