// @ts-check
/**
 * Gets Electron: from upstream's downloader or else, on Linux x64, from a fallback, and records which it was.
 * The environment variable GAN_STUDIO_ELECTRON (such as 22) asks for one of the fallbacks.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fallbacksFor, firstProvided } from './electron-fallbacks.mjs';
import { makeOnce, place } from './files.mjs';
import {
  buildFolder,
  cacheFolder,
  electronPackage,
  electronRecord,
  hasFallbacks,
  platformName,
  readJson,
} from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, megabytes, say, step } from './report.mjs';

const dist = path.join(electronPackage, 'dist');
const asked = process.env['GAN_STUDIO_ELECTRON'] || undefined;

/**
 * @typedef {object} ElectronRecord
 * @property {string} wanted the version in package.json
 * @property {string} version the version that is used
 * @property {string} dist the folder of the distribution
 * @property {string} executable
 * @property {string} source `upstream`, or where the fallback comes from, such as `a PyPI wheel`
 * @property {string} [asked] the fallback that was asked for
 */

/**
 * @returns {ElectronRecord | null} the Electron of this checkout; null if it is missing or not the wanted one
 */
export function readyElectron() {
  /** @type {ElectronRecord | null} */
  const record = readJson(electronRecord);
  const wanted = readJson(path.join(electronPackage, 'package.json'))?.version;
  const fits = record?.wanted === wanted && record?.asked === asked && record?.dist === dist;
  return fits && existsSync(record.executable) ? record : null;
}

/**
 * Provides Electron.
 * @param {{ retryUpstream: boolean }} options retryUpstream: try upstream again even if a fallback is in
 * place
 * @returns {Promise<ElectronRecord>}
 */
export async function ensureElectron({ retryUpstream }) {
  const ready = readyElectron();
  if (ready && (asked || ready.source === 'upstream' || !retryUpstream)) return ready;
  const wanted = readJson(path.join(electronPackage, 'package.json'))?.version;
  if (!asked && (await downloadUpstream(wanted))) {
    return remember({ wanted, version: wanted, dist, executable: executableIn(dist), source: 'upstream' });
  }
  if (!hasFallbacks) {
    throw new SetupError({
      code: 'electron',
      facts: `Electron ${asked ?? wanted} could not be downloaded, and there is no other source for ${platformName}.`,
      remedy: 'Check the connection and the proxy settings (HTTPS_PROXY), then run npm run setup.',
    });
  }
  const { version, source } = await firstProvided(fallbacksFor(asked), placeFallback);
  say(
    `Electron: ${version} is used, out of ${source}, in place of ${wanted}. ` +
      (asked ? 'GAN_STUDIO_ELECTRON asks for it.' : `npm run setup asks for ${wanted} again.`),
  );
  return remember({ wanted, version, dist, executable: executableIn(dist), source, ...(asked && { asked }) });
}

/** @param {import('./electron-fallbacks.mjs').Fallback} fallback */
async function placeFallback({ version, unpack }) {
  const product = path.join(cacheFolder(), `electron-${version}-${platformName}`);
  await makeOnce(product, unpack);
  place(product, dist);
  writeFileSync(path.join(electronPackage, 'path.txt'), 'electron');
}

/**
 * Runs the downloader of the npm package electron.
 * @param {string} wanted
 * @returns {Promise<boolean>} whether Electron was installed
 */
async function downloadUpstream(wanted) {
  const progress = step(`Electron ${wanted}, from its own project`);
  const temporary = path.join(cacheFolder(), 'electron-download');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  if ((readJson(electronRecord)?.source ?? 'upstream') !== 'upstream')
    rmSync(dist, { recursive: true, force: true });
  const behindProxy = process.env.HTTPS_PROXY || process.env.https_proxy;
  const outcome = await run(process.execPath, ['install.js'], {
    cwd: electronPackage,
    environment: {
      ...process.env,
      TMPDIR: temporary,
      ...(behindProxy ? { ELECTRON_GET_USE_PROXY: 'true' } : {}),
    },
    growth: {
      folders: [temporary, dist],
      stallSeconds: 60,
      onProgress: (bytes) => progress.update(megabytes(bytes)),
    },
  });
  rmSync(temporary, { recursive: true, force: true });
  const complete = outcome.code === 0 && existsSync(executableIn(dist));
  if (!complete) rmSync(dist, { recursive: true, force: true });
  progress.end(
    complete
      ? 'installed'
      : outcome.stalled
        ? 'gave up: nothing arrived for 60 s'
        : 'not reachable from here',
  );
  return complete;
}

/** @param {string} folder */
function executableIn(folder) {
  if (process.platform === 'darwin')
    return path.join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** @param {ElectronRecord} record */
function remember(record) {
  mkdirSync(buildFolder, { recursive: true });
  writeFileSync(electronRecord, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}
