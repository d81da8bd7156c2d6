// @ts-check
/** Bundles one program for Node and Electron. */
import { build } from 'vite';
import { alias, external, projectRoot } from './entries.mjs';
import { exportedPage } from './exported-page.mjs';

/** @param {(typeof import('./entries.mjs').programs)[number]} program */
export function bundleProgram({ entries, folder }) {
  return build({
    configFile: false,
    root: projectRoot,
    publicDir: false,
    logLevel: 'warn',
    resolve: { alias },
    plugins: [exportedPage()],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node16',
      sourcemap: true,
      minify: false,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: entries,
        external,
        // Bundling the page of the html export within this build takes time, which is printed as a warning.
        checks: { pluginTimings: false },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'shared/[name]-[hash].cjs' },
      },
    },
  });
}
