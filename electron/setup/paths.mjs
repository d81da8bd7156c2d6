// @ts-check
/**
 * The paths of the project, of what set-up makes in it, and of the cache that all checkouts of one user
 * share.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Everything that is built, and safe to delete. */
export const buildFolder = path.join(projectRoot, 'build');

/**
 * The record of which Electron this checkout uses; `start`, the packager and the end-to-end tests read it.
 */
export const electronRecord = path.join(buildFolder, 'electron.json');

/** The npm packages. */
export const modulesFolder = path.join(projectRoot, 'node_modules');

/** The npm package that carries Electron's downloader; the binary belongs in its folder `dist`. */
export const electronPackage = path.join(modulesFolder, 'electron');

/** The npm package whose native addon and libtensorflow set-up provides. */
export const tfjsNodePackage = path.join(modulesFolder, '@tensorflow', 'tfjs-node');

/** Names the system in cache entries, such as `linux-x64`. */
export const platformName = `${process.platform}-${process.arch}`;

/** Whether there are fallbacks for this system: they are Linux x64 binaries. */
export const hasFallbacks = platformName === 'linux-x64';

/**
 * The cache of one user: whole downloads, and what was made of them.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string}
 */
export function cacheFolder(environment = process.env) {
  if (process.platform === 'win32') {
    return path.join(environment.LOCALAPPDATA || path.join(homedir(), 'AppData', 'Local'), 'gan-studio');
  }
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'gan-studio');
  return path.join(environment.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'gan-studio');
}

/**
 * Reads a JSON file that set-up or npm wrote.
 * @param {string} file
 * @returns {any} null when the file is missing or damaged
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
