/** Names the file of an exported page. */
import { dashedName } from '../dashed.ts';
import type { ExportSubject } from '../exporter.ts';

/** Such as "löwen-bären.html". */
export function fileName({ name }: Pick<ExportSubject, 'name'>): string {
  return `${dashedName(name) || 'generator'}.html`;
}
