// @ts-check
/** Builds the programs, the page, the built-in data sets and the list of licences. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { makeDatasets } from './datasets.mjs';
import { bundleProgram } from './bundle.mjs';
import { writeLicences } from './licences.mjs';
import { alias, buildFolder, page, programs, projectRoot } from './entries.mjs';

/**
 * Bundles the page for its own protocol with a strict content security policy: relative paths, no inline
 * script, no inlined assets.
 */
function bundlePage() {
  return build({
    configFile: false,
    root: path.join(projectRoot, page.folder),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    resolve: { alias },
    plugins: [svelte({ configFile: false })],
    build: {
      target: 'chrome108',
      sourcemap: true,
      outDir: path.join(buildFolder, 'renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      // On a busy machine, the time that the Svelte compiler takes is printed as a warning.
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  });
}

function requireSources() {
  const sources = [...programs.flatMap(({ entries }) => Object.values(entries)), ...page.files];
  const missing = sources.filter((file) => !existsSync(path.join(projectRoot, file)));
  if (missing.length === 0) return;
  console.error(
    `These files of the build are missing: ${missing.join(', ')}.\n` +
      'Restore them, or change the list in electron/packaging/entries.mjs.',
  );
  process.exit(1);
}

async function buildAll() {
  requireSources();
  const started = Date.now();
  makeDatasets();
  for (const stale of ['electron', 'shared'])
    rmSync(path.join(buildFolder, stale), { recursive: true, force: true });
  for (const program of programs) await bundleProgram(program);
  await bundlePage();
  writeLicences();
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

buildAll().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  process.exitCode = 1;
});
