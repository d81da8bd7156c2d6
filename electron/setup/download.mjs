// @ts-check
/**
 * Downloads one package, pinned by version and SHA-256, into the cache, with its registry's own client. A
 * package that was downloaded whole is never downloaded again.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeOnce } from './files.mjs';
import { npmCommand } from './npm-packages.mjs';
import { cacheFolder, projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, megabytes, step } from './report.mjs';

/**
 * @typedef {object} Pinned
 * @property {string} name
 * @property {string} version
 * @property {string} sha256
 * @property {number} bytes
 *
 * @typedef {Pinned & { python: string }} Wheel python: such as `3.11`
 *
 * @typedef {object} Client
 * @property {string} program
 * @property {string} registry
 * @property {string} command
 * @property {string[]} parameters
 */

const platforms = ['manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux1_x86_64'];

/**
 * Returns the path of a wheel in the cache, and downloads it first if it is missing or damaged.
 * @param {Wheel} wheel
 * @param {(wheel: Wheel, folder: string) => Promise<void>} [download] puts it into the folder
 * @returns {Promise<string>}
 */
export function fetchWheel(wheel, download = downloadWithPip) {
  const folder = path.join(cacheFolder(), 'wheels', `${wheel.name}-${wheel.version}`);
  return fetchPinned(wheel, path.join(folder, 'wheel.whl'), (staging) => download(wheel, staging));
}

/**
 * Returns the path of an npm package's archive in the cache, and downloads it first if it is missing or
 * damaged.
 * @param {Pinned} pinned
 * @param {(pinned: Pinned, folder: string) => Promise<void>} [download] puts it into the folder
 * @returns {Promise<string>}
 */
export function fetchNpmPackage(pinned, download = downloadWithNpm) {
  const folder = path.join(cacheFolder(), 'npm-packages', `${pinned.name}-${pinned.version}`);
  return fetchPinned(pinned, path.join(folder, 'package.tgz'), (staging) => download(pinned, staging));
}

/**
 * @param {Pinned} pinned
 * @param {string} file where it is kept, in a folder of its own
 * @param {(staging: string) => Promise<void>} download
 * @returns {Promise<string>} the file
 */
async function fetchPinned(pinned, file, download) {
  const folder = path.dirname(file);
  if (existsSync(file) && (await sha256Of(file)) !== pinned.sha256) rmSync(folder, { recursive: true });
  await makeOnce(folder, async (staging) => {
    await download(staging);
    const [downloaded] = readdirSync(staging).filter((name) => name.endsWith(path.extname(file)));
    if (!downloaded || (await sha256Of(path.join(staging, downloaded))) !== pinned.sha256) {
      throw new SetupError({
        code: 'download',
        facts: `The download of ${pinned.name} ${pinned.version} is not the file that was expected (its SHA-256 differs).`,
        remedy:
          'Run the same command again; if this repeats, a proxy between here and the registry may alter files.',
      });
    }
    renameSync(path.join(staging, downloaded), path.join(staging, path.basename(file)));
  });
  return file;
}

/**
 * @param {Wheel} wheel
 * @param {string} folder receives the wheel
 */
async function downloadWithPip(wheel, folder) {
  const requirements = path.join(folder, 'requirements.txt');
  writeFileSync(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  await download(wheel, folder, {
    program: 'pip',
    registry: 'PyPI',
    command: 'python3',
    parameters: [
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--only-binary=:all:',
      '--no-cache-dir',
      '--disable-pip-version-check',
      '--progress-bar=off',
      '--python-version',
      wheel.python,
      '--implementation',
      'cp',
      ...platforms.flatMap((platform) => ['--platform', platform]),
      '--require-hashes',
      '--requirement',
      requirements,
      '--dest',
      folder,
    ],
  });
  rmSync(requirements, { force: true });
}

/**
 * @param {Pinned} pinned
 * @param {string} folder receives the archive
 */
function downloadWithNpm(pinned, folder) {
  const { command, first } = npmCommand();
  return download(pinned, folder, {
    program: 'npm',
    registry: 'the npm registry',
    command,
    parameters: [
      ...first,
      'pack',
      `${pinned.name}@${pinned.version}`,
      '--ignore-scripts',
      '--loglevel=error',
      '--logs-max=0',
      '--cache',
      path.join(folder, 'temporary'),
      '--pack-destination',
      folder,
    ],
  });
}

/**
 * Runs a registry's client until it has put the file into the folder, or nothing has arrived for 120 s.
 * @param {Pinned} pinned
 * @param {string} folder
 * @param {Client} client
 */
async function download({ name, version, bytes }, folder, { program, registry, command, parameters }) {
  const progress = step(`${name} ${version}, from ${registry}`);
  const temporary = path.join(folder, 'temporary');
  mkdirSync(temporary);
  const outcome = await run(command, parameters, {
    cwd: projectRoot,
    environment: { ...process.env, TMPDIR: temporary },
    growth: {
      folders: [folder],
      stallSeconds: 120,
      onProgress: (arrived) =>
        progress.update(`${megabytes(Math.min(arrived, bytes))} of ${megabytes(bytes)}`),
    },
  });
  rmSync(temporary, { recursive: true, force: true });
  if (outcome.code === 0) return progress.end(`${megabytes(bytes)} downloaded`);
  throw new SetupError({
    code: 'download',
    facts: `${program} could not download ${name} ${version} (${
      outcome.stalled ? 'no byte arrived for 120 s' : `exit code ${outcome.code}`
    }). Its last output:\n${outcome.output}`,
    remedy: `Check the connection to ${registry} (proxy settings in the environment are used), then run the same command again.`,
  });
}

/**
 * @param {string} file
 * @returns {Promise<string>} hexadecimal
 */
async function sha256Of(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
