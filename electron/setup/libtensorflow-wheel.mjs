// @ts-check
/**
 * Builds tfjs-node's native addon against the libtensorflow in the wheel tensorflow-cpu; of Node, it needs
 * only the headers of Node-API.
 */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fetchWheel } from './download.mjs';
import { modulesFolder, tfjsNodePackage } from './paths.mjs';
import { SetupError, step } from './report.mjs';
import { runOrThrow } from './run-or-throw.mjs';
import { compileNeeds, ensureSystemPackages, wheelNeeds } from './system-libraries.mjs';
import { extractFromWheel } from './wheel.mjs';

/** The smallest download of the versions that tfjs-node 4.22.0 is known to work with. */
export const wheelVersion = '2.12.1';

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * Fills a folder with `deps/lib` and `lib/napi-v8`, laid out as tfjs-node expects them.
 * @param {string} product
 */
export async function buildFromWheel(product) {
  await ensureSystemPackages([...wheelNeeds, ...compileNeeds]);
  const wheel = await fetchWheel({
    name: 'tensorflow-cpu',
    version: wheelVersion,
    sha256: '7ffb595707a8fb376deaddc768784c7a0242b16cbc6e06393b1733b2ce19f855',
    bytes: 231_826_663,
    python: '3.11',
  });
  const progress = step(`libtensorflow ${wheelVersion}, out of the wheel`);
  const unpacked = path.join(product, 'unpacked');
  const library = path.join(product, 'deps', 'lib');
  mkdirSync(library, { recursive: true });
  await extractFromWheel({
    wheel,
    folder: unpacked,
    members: [
      'tensorflow/include/*',
      ...libraries.map((name) => `tensorflow/${name}`),
      '*.dist-info/LICENSE',
    ],
  });
  for (const name of libraries) renameSync(path.join(unpacked, 'tensorflow', name), path.join(library, name));
  copyFileSync(
    path.join(unpacked, `tensorflow_cpu-${wheelVersion}.dist-info`, 'LICENSE'),
    path.join(library, 'LICENSE'),
  );
  progress.update('stripping symbols');
  await buildWith('strip', ['--strip-unneeded', ...libraries.map((name) => path.join(library, name))]);
  progress.update('compiling the addon');
  await compileAddon(product, path.join(unpacked, 'tensorflow', 'include'));
  rmSync(unpacked, { recursive: true });
  progress.end('library unpacked, addon compiled');
}

/**
 * @param {string} product
 * @param {string} tensorflowHeaders
 */
async function compileAddon(product, tensorflowHeaders) {
  const addon = path.join(product, 'lib', 'napi-v8');
  mkdirSync(addon, { recursive: true });
  const sources = path.join(tfjsNodePackage, 'binding');
  await buildWith('g++', [
    '-shared',
    '-fPIC',
    '-O2',
    '-std=c++17',
    '-w',
    '-DNAPI_VERSION=8',
    '-DNODE_GYP_MODULE_NAME=tfjs_binding',
    '-DBUILDING_NODE_EXTENSION',
    `-I${path.join(modulesFolder, 'node-api-headers', 'include')}`,
    `-I${tensorflowHeaders}`,
    `-I${tfjsNodePackage}`,
    ...readdirSync(sources)
      .filter((name) => name.endsWith('.cc'))
      .map((name) => path.join(sources, name)),
    '-o',
    path.join(addon, 'tfjs_binding.node'),
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
    ...libraries.map((name) => path.join(product, 'deps', 'lib', name)),
  ]);
}

/**
 * Runs a program that helps to build the addon. Throws SetupError `libtensorflow` when it fails.
 * @param {string} command
 * @param {string[]} parameters
 */
function buildWith(command, parameters) {
  const explain = (/** @type {string} */ trouble) =>
    new SetupError({
      code: 'libtensorflow',
      facts: `libtensorflow’s addon could not be built: ${trouble}`,
      remedy:
        'Check the free disk space (2 GB are needed) and that g++ is version 8 or newer, then run the same command again.',
    });
  return runOrThrow(command, parameters, { explain });
}
