// @ts-check
/** Watches whether a program makes progress, by the folders that it fills. */
import { folderSize } from './files.mjs';

/**
 * @typedef {object} Growth
 * @property {string[]} folders what grows while the program makes progress
 * @property {number} stallSeconds how long they may stand still
 * @property {(bytes: number) => void} [onProgress]
 */

/**
 * Calls back when the folders have stood still for too long; answers what ends the watch.
 * @param {Growth} growth
 * @param {() => void} onStall
 */
export function watchGrowth({ folders, stallSeconds, onProgress }, onStall) {
  let largest = -1;
  let lastGrowth = Date.now();
  const timer = setInterval(() => {
    const bytes = folders.reduce((sum, folder) => sum + folderSize(folder), 0);
    if (bytes > largest) {
      largest = bytes;
      lastGrowth = Date.now();
    }
    if (bytes > 0) onProgress?.(bytes);
    if (Date.now() - lastGrowth > stallSeconds * 1000) onStall();
  }, 1000);
  return () => clearInterval(timer);
}
