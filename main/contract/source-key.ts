/** Tells sources of data sets apart. */
import type { DatasetSource } from './dataset.ts';

/** The same for sources that are one data set to a person: points of any kind are one. */
export function sourceKey(source: DatasetSource): string {
  if (source.kind === 'files') return JSON.stringify([...source.paths].sort());
  return source.kind === 'built-in' ? source.name : source.kind;
}
