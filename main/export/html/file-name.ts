/** What the page's file is called. */
import { dashedName } from '../dashed.ts';
import type { ExportSubject } from '../exporter.ts';

/** Such as "löwen-bären.html". */
export function fileName({ name }: Pick<ExportSubject, 'name'>): string {
  return `${dashedName(name) || 'generator'}.html`;
}
