// @ts-check
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modulesFolder } from '../../setup/paths.mjs';
import { libraries } from './libraries.mjs';

/** Where the native programs of a package come from. */
const shipped = ['electron/dist', '@tensorflow/tfjs-node/deps/lib', '@tensorflow/tfjs-node/lib', '@napi-rs'];

/**
 * @param {string} folder
 * @returns {string[]}
 */
function nativeFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return nativeFiles(file);
    return entry.isFile() && isElf(file) ? [file] : [];
  });
}

/** @param {string} file */
function isElf(file) {
  const start = Buffer.alloc(4);
  const opened = openSync(file, 'r');
  readSync(opened, start);
  closeSync(opened);
  return start.toString('latin1') === '\x7fELF';
}

describe.runIf(process.platform === 'linux' && existsSync(path.join(modulesFolder, 'electron', 'dist')))(
  'the libraries that packages depend on',
  () => {
    const files = shipped.flatMap((folder) => nativeFiles(path.join(modulesFolder, folder)));
    const { stdout } = spawnSync('objdump', ['-p', ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const own = new Set(files.map((file) => path.basename(file)));
    const needed = new Set([...stdout.matchAll(/NEEDED\s+(\S+)/g)].map(([, name = '']) => name));
    const listed = libraries.flatMap((each) => each.files);

    it('are all that the programs are linked to', () => {
      expect(needed.size).toBeGreaterThan(20);
      expect([...needed].filter((name) => !own.has(name) && !listed.includes(name))).toEqual([]);
    });

    it('are no more than these, and what Electron opens by itself', () => {
      const idle = libraries.filter(
        ({ opened, files: names }) => !opened && !names.some((name) => needed.has(name)),
      );
      expect(idle).toEqual([]);
    });
  },
);
