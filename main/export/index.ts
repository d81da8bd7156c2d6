/** The export formats. To add one: a new file here and a line in EXPORTERS. */
import { chosen } from '../chosen.ts';
import type { Exporter } from './exporter.ts';
import { tfjs } from './tfjs.ts';

export type { Exporter, ExportRequest } from './exporter.ts';
export { writeSheet } from './sheet.ts';

export const EXPORTERS: readonly Exporter[] = [tfjs];

/** The exporter of this format; throws StudioError `unknown-format`. */
export function exporterOf(format: string): Exporter {
  return chosen({
    entries: EXPORTERS,
    nameOf: (entry) => entry.format,
    name: format,
    what: 'export format',
    code: 'unknown-format',
  });
}
