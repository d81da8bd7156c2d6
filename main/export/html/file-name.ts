/** What the page's file is called. */
import { safeName } from '../../runs/index.ts';
import type { ExportSubject } from '../exporter.ts';

/** Such as "löwen-bären.html". */
export function fileName({ name }: Pick<ExportSubject, 'name'>): string {
  const words = safeName(name)
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  return `${words.join('-') || 'generator'}.html`;
}
