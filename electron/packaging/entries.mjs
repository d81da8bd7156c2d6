// @ts-check
/**
 * What is bundled: one row per bundle of programs, and how all of them resolve `#main/*` and native packages.
 * This folder builds and packages the app, and checks the packages; no program of the app imports it.
 */
import path from 'node:path';
import { buildFolder, projectRoot } from '../setup/paths.mjs';

export { buildFolder, projectRoot };

/** Resolves `#main/*` to the folder main, as package.json does. */
export const alias = { '#main': path.join(projectRoot, 'main') };

/**
 * Packages that stay a `require`: they contain native code or WebAssembly, with files of their own, or come
 * with Electron.
 */
export const external = [
  /^electron(\/|$)/,
  /^@tensorflow\//,
  /^@napi-rs\//,
  /^onnxruntime-node$/,
  /^wasm-vips$/,
  /^libheif-js(\/|$)/,
];

/**
 * The programs that run in Node or Electron, in bundles. A sandboxed preload script cannot load a second
 * file, so it is a bundle of its own.
 * @type {{ entries: Record<string, string>, folder: string }[]}
 */
export const programs = [
  {
    entries: {
      'app': 'electron/app.ts',
      'trainer-host': 'electron/trainer-host.ts',
      'library-host': 'electron/library-host.ts',
      'decoder-host': 'electron/decoder-host.ts',
      'export-check-host': 'electron/export-check-host.ts',
    },
    folder: path.join(buildFolder, 'electron'),
  },
  { entries: { preload: 'electron/preload.ts' }, folder: path.join(buildFolder, 'electron') },
  {
    entries: {
      'cli': 'main/cli.ts',
      'decoder': 'main/decoder.ts',
      'export-check': 'main/export-check.ts',
    },
    folder: buildFolder,
  },
];

/** The page, with its entry script beside it. */
export const page = { folder: 'renderer', files: ['renderer/index.html', 'renderer/main.ts'] };
