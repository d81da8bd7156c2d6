// @ts-check
/**
 * What is bundled: one row per program, and how `#main/*` and the native packages are resolved for all of
 * them. This folder builds, packages and checks packages; no program imports it.
 */
import path from 'node:path';
import { buildFolder, projectRoot } from '../setup/paths.mjs';

export { buildFolder, projectRoot };

/** Makes `#main/*` mean the folder main, as package.json does. */
export const alias = { '#main': path.join(projectRoot, 'main') };

/**
 * What stays a `require`, as it brings native code (or WebAssembly, with files of its own) or comes with
 * Electron.
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
 * The programs that run in Node or Electron. Electron 22 has Node 16; a sandboxed preload can load no second
 * file.
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
