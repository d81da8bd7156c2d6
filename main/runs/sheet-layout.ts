/**
 * How the sample sheets of a run are laid out, where its settings do not tell: rows of pictures above those of
 * their rebuilding.
 */
import path from 'node:path';
import { imageBatchSchema, type ImageBatch, type RunConfig } from '../contract/index.ts';
import { withRegularFile } from '../regular-file.ts';
import { generatedLayout } from '../sample-layout.ts';

export type SheetLayout = Omit<ImageBatch, 'pixels'>;

/** Lies beside the sheets. */
export const LAYOUT_FILE = 'layout.json';
/** More than any layout takes: a file may be anybody's. */
const MOST_BYTES = 64 * 1024;
const layoutSchema = imageBatchSchema.omit({ pixels: true });

/** What the file is to hold; undefined for a layout that the settings tell, which needs none. */
export function layoutFile(images: ImageBatch, config: RunConfig): string | undefined {
  const textOf = (layout: SheetLayout) => `${JSON.stringify(layoutSchema.parse(layout))}\n`;
  const text = textOf(images);
  return text === textOf(generatedLayout(config, config.samples.count)) ? undefined : text;
}

/** The layouts that a sheet in this folder may have, the likelier first. */
export async function sheetLayouts(samples: string, config: RunConfig): Promise<SheetLayout[]> {
  const stored = await readLayout(path.join(samples, LAYOUT_FILE));
  const told = generatedLayout(config, config.samples.count);
  return stored ? [stored, told] : [told];
}

/** Undefined where there is none, or none that can be read. */
async function readLayout(file: string): Promise<SheetLayout | undefined> {
  try {
    return await withRegularFile(file, async (handle) => {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(MOST_BYTES), position: 0 });
      return layoutSchema.parse(JSON.parse(buffer.toString('utf8', 0, bytesRead)));
    });
  } catch {
    return undefined;
  }
}
