// @ts-check
/**
 * Gets the Node that runs an installed command line on Linux, with its licence, from the npm package that
 * contains it. It is the newest that tfjs-node 4 supports, which calls functions that Node 23 removed.
 */
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fetchNpmPackage } from './download.mjs';
import { unpackWith } from './electron-distribution.mjs';
import { makeOnce } from './files.mjs';
import { buildFolder, cacheFolder, platformName } from './paths.mjs';
import { ensureSystemPackages, stripNeeds } from './system-libraries.mjs';

export const version = '22.23.3';

/** @type {Record<string, { sha256: string, bytes: number }>} */
const archives = {
  'linux-x64': {
    sha256: '00b5c43d88958dbbf45339c4d5e9a76289c7e25876fd08270b379e485e151fc5',
    bytes: 51_589_858,
  },
};

/** Makes build/node and build/node-licence.txt, if the packages of this system contain a command line. */
export async function ensureNodeRuntime() {
  const archive = archives[platformName];
  if (!archive) return;
  await ensureSystemPackages(stripNeeds);
  const product = path.join(cacheFolder(), `node-${version}-${platformName}`);
  await makeOnce(product, async (staging) => {
    const packed = await fetchNpmPackage({ name: `node-${platformName}`, version, ...archive });
    await unpackWith('tar', ['-xzf', packed, 'package/bin/node', 'package/LICENSE'], staging);
    renameSync(path.join(staging, 'package', 'bin', 'node'), path.join(staging, 'node'));
    renameSync(path.join(staging, 'package', 'LICENSE'), path.join(staging, 'node-licence.txt'));
    rmSync(path.join(staging, 'package'), { recursive: true });
    await unpackWith('strip', ['--strip-all', 'node'], staging);
  });
  mkdirSync(buildFolder, { recursive: true });
  for (const name of ['node', 'node-licence.txt']) {
    rmSync(path.join(buildFolder, name), { force: true });
    copyFileSync(path.join(product, name), path.join(buildFolder, name));
  }
}
