// @ts-check
/** Makes a .deb with dpkg-deb. https://www.debian.org/doc/debian-policy/ch-controlfields.html */
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { folderSize } from '../../setup/files.mjs';
import { description, put, sandboxHelper } from './layout.mjs';
import { debDepends, debRecommends } from './libraries.mjs';
import { runOrThrow } from '../../setup/run-or-throw.mjs';

/**
 * @param {{ root: string, file: string, version: string, quick: boolean }} what root: a laid-out system;
 * quick: less compression
 */
export async function makeDeb({ root, file, version, quick }) {
  put(path.join(root, 'DEBIAN', 'md5sums'), Buffer.from(sums(root)));
  put(path.join(root, 'DEBIAN', 'control'), Buffer.from(control(root, version)));
  // The sandbox's helper runs as root.
  chmodSync(path.join(root, sandboxHelper), 0o4755);
  const compression = quick ? ['-Zzstd', '-z3'] : ['-Zxz', '-z6'];
  await runOrThrow('dpkg-deb', [...compression, '--root-owner-group', '--build', root, file]);
  rmSync(path.join(root, 'DEBIAN'), { recursive: true });
}

/**
 * @param {string} root
 * @param {string} version
 */
function control(root, version) {
  const fields = {
    'Package': 'gan-studio',
    'Version': version,
    'Architecture': 'amd64',
    'Maintainer': 'GAN Studio contributors',
    'Installed-Size': String(Math.ceil(folderSize(root) / 1024)),
    'Depends': debDepends.join(', '),
    'Recommends': debRecommends.join(', '),
    'Section': 'graphics',
    'Priority': 'optional',
    'Description': `${description.split(',')[0]}\n ${description}\n The command gan-studio opens the window or, with a verb, does the same work in the terminal.`,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/**
 * The MD5 sum of every file, by which dpkg --verify finds files that have changed.
 * @param {string} root
 */
function sums(root) {
  return filesBelow(root)
    .map(
      (file) =>
        `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${path.relative(root, file)}\n`,
    )
    .join('');
}

/**
 * @param {string} folder
 * @returns {string[]} regular files, without those of DEBIAN
 */
function filesBelow(folder) {
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .flatMap((file) => {
      const entry = lstatSync(file);
      if (entry.isDirectory()) return path.basename(file) === 'DEBIAN' ? [] : filesBelow(file);
      return entry.isFile() ? [file] : [];
    });
}
