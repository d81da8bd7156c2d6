// @ts-check
/** Makes and places folders so that one that exists under its final name is always complete. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Adds up the sizes of the files below a folder; a file that disappears meanwhile counts as 0.
 * @param {string} folder
 * @returns {number} bytes
 */
export function folderSize(folder) {
  try {
    const entry = lstatSync(folder);
    if (!entry.isDirectory()) return entry.size;
    return readdirSync(folder).reduce((sum, name) => sum + folderSize(path.join(folder, name)), 0);
  } catch {
    return 0;
  }
}

/**
 * Makes a folder unless it exists: `make` fills an empty folder, which then gets its final name in one
 * rename.
 * @template T
 * @param {string} finished the final name
 * @param {(staging: string) => Promise<T>} make
 * @returns {Promise<void>}
 */
export async function makeOnce(finished, make) {
  if (existsSync(finished)) return;
  const folder = path.dirname(finished);
  mkdirSync(folder, { recursive: true });
  clearAbandoned(folder, `staging-${path.basename(finished)}-`);
  const staging = mkdtempSync(path.join(folder, `staging-${path.basename(finished)}-`));
  chmodSync(staging, 0o755);
  try {
    await make(staging);
    renameSync(staging, finished);
  } finally {
    clearAbandoned(folder, `staging-${path.basename(finished)}-`);
  }
}

/**
 * Removes what killed set-ups left; a folder that an orphaned program still writes to is left to the next
 * call.
 * @param {string} folder
 * @param {string} prefix
 */
function clearAbandoned(folder, prefix) {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    try {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOTEMPTY') throw error;
    }
  }
}

/**
 * Puts a folder of the cache into the project, by hard links if both lie on one disk, else by copies.
 * @param {string} source
 * @param {string} target replaced as a whole
 */
export function place(source, target) {
  const staging = `${target}.staging`;
  rmSync(staging, { recursive: true, force: true });
  mirror(source, staging);
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
}

/**
 * @param {string} source
 * @param {string} target
 */
function mirror(source, target) {
  const entry = lstatSync(source);
  if (entry.isDirectory()) {
    mkdirSync(target, { recursive: true, mode: entry.mode });
    for (const name of readdirSync(source)) mirror(path.join(source, name), path.join(target, name));
  } else if (entry.isSymbolicLink()) {
    symlinkSync(readlinkSync(source), target);
  } else {
    try {
      linkSync(source, target);
    } catch {
      copyFileSync(source, target);
    }
  }
}
