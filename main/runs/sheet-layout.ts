/**
 * The layout of a run's sample sheets, stored in a file if it does not follow from the settings: rows of
 * pictures above rows of their rebuilding.
 */
import path from 'node:path';
import { imageBatchSchema, type ImageBatch, type RunConfig } from '../contract/index.ts';
import { generatedLayout } from '../samples/index.ts';
import { readInside } from './inside.ts';

export type SheetLayout = Omit<ImageBatch, 'pixels'>;

/** In the folder of the sheets. */
export const LAYOUT_FILE = 'layout.json';
const layoutSchema = imageBatchSchema.omit({ pixels: true });

/** The text of the layout file; undefined for a layout that follows from the settings and needs no file. */
export function layoutFile(images: ImageBatch, config: RunConfig): string | undefined {
  const textOf = (layout: SheetLayout) => `${JSON.stringify(layoutSchema.parse(layout))}\n`;
  const text = textOf(images);
  return text === textOf(generatedLayout(config, config.samples.count)) ? undefined : text;
}

/** The layouts that a sheet of this run may have, the most likely first. */
export function sheetLayouts(folder: string, config: RunConfig): SheetLayout[] {
  const stored = readLayout(folder);
  const byConfig = generatedLayout(config, config.samples.count);
  return stored ? [stored, byConfig] : [byConfig];
}

/** Undefined if the file is missing or cannot be read. */
function readLayout(folder: string): SheetLayout | undefined {
  try {
    const bytes = readInside(folder, path.join('samples', LAYOUT_FILE));
    return bytes && layoutSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}
