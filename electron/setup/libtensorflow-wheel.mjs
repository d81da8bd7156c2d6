// @ts-check
/**
 * Builds the native addon against the libtensorflow inside the wheel tensorflow-cpu; Node-API headers alone
 * suffice.
 */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fetchWheel } from './download.mjs';
import { modulesFolder, tfjsNodePackage } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, step } from './report.mjs';
import { compileNeeds, ensureSystemPackages, wheelNeeds } from './system-libraries.mjs';
import { extractFromWheel } from './wheel.mjs';

/** The smallest of the versions that tfjs-node 4.22.0 was seen to work with. */
export const wheelVersion = '2.12.1';

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * Fills a folder with `deps/lib` and `lib/napi-v8`, laid out as tfjs-node wants them.
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
  await must('strip', ['--strip-unneeded', ...libraries.map((name) => path.join(library, name))]);
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
  await must('g++', [
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
 * @param {string} command
 * @param {string[]} parameters
 */
async function must(command, parameters) {
  const outcome = await run(command, parameters);
  if (outcome.code === 0) return;
  throw new SetupError({
    code: 'libtensorflow',
    facts: `${command} failed while libtensorflow’s addon was being built. Its last words:\n${outcome.output}`,
    remedy:
      'Check the free disk space (2 GB are needed) and that g++ is version 8 or newer, then run the same command again.',
  });
}
