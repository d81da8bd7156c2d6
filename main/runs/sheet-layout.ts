/**
 * How the sample sheets of a run are laid out, where its settings do not tell: rows of pictures above those of
 * their rebuilding.
 */
import path from 'node:path';
import { imageBatchSchema, type ImageBatch, type RunConfig } from '../contract/index.ts';
import { generatedLayout } from '../samples/index.ts';
import { readInside } from './inside.ts';

export type SheetLayout = Omit<ImageBatch, 'pixels'>;

/** Lies beside the sheets. */
export const LAYOUT_FILE = 'layout.json';
const layoutSchema = imageBatchSchema.omit({ pixels: true });

/** What the file is to hold; undefined for a layout that the settings tell, which needs none. */
export function layoutFile(images: ImageBatch, config: RunConfig): string | undefined {
  const textOf = (layout: SheetLayout) => `${JSON.stringify(layoutSchema.parse(layout))}\n`;
  const text = textOf(images);
  return text === textOf(generatedLayout(config, config.samples.count)) ? undefined : text;
}

/** The layouts that a sheet of this run may have, the likelier first. */
export function sheetLayouts(folder: string, config: RunConfig): SheetLayout[] {
  const stored = readLayout(folder);
  const byConfig = generatedLayout(config, config.samples.count);
  return stored ? [stored, byConfig] : [byConfig];
}

/** Undefined where there is none, or none that can be read. */
function readLayout(folder: string): SheetLayout | undefined {
  try {
    const bytes = readInside(folder, path.join('samples', LAYOUT_FILE));
    return bytes && layoutSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}
