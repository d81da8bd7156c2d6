/** Makes names of files and folders from words. */
import { safeName } from '../runs/index.ts';

/** The words in lower case, joined by dashes, such as "löwen-bären"; empty if there are none. */
export function dashed(words: string): string {
  return words
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
    .join('-');
}

/** The name of a run in that form, short enough for every system. */
export const dashedName = (name: string): string => dashed(safeName(name));
