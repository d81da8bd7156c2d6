/** Names of files and folders made of words. */
import { safeName } from '../runs/index.ts';

/** The words in lower case with dashes between, such as "löwen-bären"; empty where there is none. */
export function dashed(words: string): string {
  return words
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
    .join('-');
}

/** The name of a run in that form, short enough for every system. */
export const dashedName = (name: string): string => dashed(safeName(name));
