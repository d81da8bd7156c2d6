// @ts-check
/**
 * Fetches one wheel with pip, pinned by version and SHA-256, into the cache; a finished wheel is never
 * fetched twice.
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
import { cacheFolder } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, megabytes, step } from './report.mjs';

/**
 * @typedef {object} Wheel
 * @property {string} name
 * @property {string} version
 * @property {string} sha256
 * @property {number} bytes
 * @property {string} python such as `3.11`
 */

const platforms = ['manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux1_x86_64'];

/**
 * Gives the path of a wheel, downloading it when the cache has no whole one.
 * @param {Wheel} wheel
 * @param {typeof downloadWithPip} [download]
 * @returns {Promise<string>}
 */
export async function fetchWheel(wheel, download = downloadWithPip) {
  const folder = path.join(cacheFolder(), 'wheels', `${wheel.name}-${wheel.version}`);
  const file = path.join(folder, 'wheel.whl');
  if (existsSync(file) && (await sha256Of(file)) !== wheel.sha256) rmSync(folder, { recursive: true });
  await makeOnce(folder, async (staging) => {
    await download(wheel, staging);
    const [downloaded] = readdirSync(staging).filter((name) => name.endsWith('.whl'));
    if (!downloaded || (await sha256Of(path.join(staging, downloaded))) !== wheel.sha256) {
      throw new SetupError({
        code: 'download',
        facts: `The download of ${wheel.name} ${wheel.version} is not the file that was expected (its SHA-256 differs).`,
        remedy: 'Run the same command again; if it stays so, a proxy between here and PyPI may alter files.',
      });
    }
    renameSync(path.join(staging, downloaded), path.join(staging, 'wheel.whl'));
  });
  return file;
}

/**
 * @param {Wheel} wheel
 * @param {string} folder receives the wheel
 */
async function downloadWithPip(wheel, folder) {
  const progress = step(`${wheel.name} ${wheel.version}, from PyPI`);
  const requirements = path.join(folder, 'requirements.txt');
  const temporary = path.join(folder, 'temporary');
  writeFileSync(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  mkdirSync(temporary);
  const outcome = await run(
    'python3',
    [
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
    {
      environment: { ...process.env, TMPDIR: temporary },
      growth: {
        folders: [folder],
        stallSeconds: 120,
        onProgress: (bytes) =>
          progress.update(`${megabytes(Math.min(bytes, wheel.bytes))} of ${megabytes(wheel.bytes)}`),
      },
    },
  );
  rmSync(temporary, { recursive: true, force: true });
  rmSync(requirements, { force: true });
  if (outcome.code !== 0) {
    throw new SetupError({
      code: 'download',
      facts: `pip could not download ${wheel.name} ${wheel.version} (${
        outcome.stalled ? 'no byte arrived for 120 s' : `exit code ${outcome.code}`
      }). Its last words:\n${outcome.output}`,
      remedy:
        'Check the connection to PyPI (proxy settings in the environment are used), then run the same command again.',
    });
  }
  progress.end(`${megabytes(wheel.bytes)} downloaded`);
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
