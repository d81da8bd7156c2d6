/** Where the files of a data set are on disk, in words. */
import type { DatasetSource } from '#main/contract/index.ts';
import { count } from '../parts/format.ts';

/** The most places in a list, which a tooltip shows. */
const MOST = 20;

/** "/home/me/cats", or "/home/me/cats and 2 more"; empty for points, and for what comes with the app. */
export function placeWords(source: DatasetSource): string {
  if (source.kind !== 'files') return '';
  const [first = '', ...others] = source.paths;
  return others.length === 0 ? first : `${first} and ${count(others.length)} more`;
}

/** The places, each on its own line; empty for points, and for what comes with the app. */
export function placeList(source: DatasetSource): string {
  if (source.kind !== 'files') return '';
  const more = source.paths.length - MOST;
  return [...source.paths.slice(0, MOST), ...(more > 0 ? [`and ${count(more)} more`] : [])].join('\n');
}
