/** A key that tells sources of data sets apart. */
import type { DatasetSource } from './dataset.ts';

/** Equal for sources that are one data set to a person: all points of the plane count as one. */
export function sourceKey(source: DatasetSource): string {
  if (source.kind === 'files') return JSON.stringify([...source.paths].sort());
  return source.kind === 'built-in' ? source.name : source.kind;
}
