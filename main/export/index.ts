/** The export formats. To add one: a new file here and a line in EXPORTERS. */
import { StudioError } from '../contract/index.ts';
import type { Exporter } from './exporter.ts';
import { tfjs } from './tfjs.ts';

export type { Exporter, ExportRequest } from './exporter.ts';
export { writeSheet } from './sheet.ts';

export const EXPORTERS: readonly Exporter[] = [tfjs];

/** The exporter of this format; throws StudioError `unknown-format`. */
export function exporterOf(format: string): Exporter {
  const exporter = EXPORTERS.find((entry) => entry.format === format);
  if (exporter) return exporter;
  throw new StudioError({
    code: 'unknown-format',
    message: `There is no export format "${format}".`,
    remedy: `Choose one of: ${EXPORTERS.map((entry) => entry.format).join(', ')}.`,
  });
}
