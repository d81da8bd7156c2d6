// @ts-check
/** The archive that lets a bare Electron open a project, read back by the format's own library. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { expect, test } from 'vitest';
import { packArchive } from './asar.mjs';
import { defaultApp } from './default-app.mjs';

test('the default app comes back whole', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gan-studio-asar-'));
  const file = path.join(folder, 'default_app.asar');
  writeFileSync(file, packArchive(defaultApp));
  expect(listPackage(file, { isPack: false }).map((name) => path.basename(name))).toEqual(
    Object.keys(defaultApp),
  );
  expect(extractFile(file, 'main.js').toString()).toBe(defaultApp['main.js']);
  rmSync(folder, { recursive: true });
});
