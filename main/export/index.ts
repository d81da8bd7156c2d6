/**
 * The exporters of the formats in main/contract/export-formats.ts. To add one: a line there, a new file here
 * and a line in EXPORTERS.
 */
import type { ExportFormat } from '../contract/index.ts';
import type { Exporter } from './exporter.ts';
import { tfjs } from './tfjs.ts';

export type { Exporter, ExportRequest } from './exporter.ts';
export { requirePictureFile } from './picture-file.ts';
export { sheetPictures, writeSheet } from './sheet.ts';

export const EXPORTERS: Record<ExportFormat, Exporter> = { tfjs };
