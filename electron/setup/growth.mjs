// @ts-check
/** Watches whether a program makes progress, by the size of the folders that it fills. */
import { folderSize } from './files.mjs';

/**
 * @typedef {object} Growth
 * @property {string[]} folders they grow while the program makes progress
 * @property {number} stallSeconds how long they may stop growing
 * @property {(bytes: number) => void} [onProgress] receives their total size every second
 */

/**
 * Calls back when the folders have not grown for too long.
 * @param {Growth} growth
 * @param {() => void} onStall called every second from then on
 * @returns {() => void} ends the watch
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
