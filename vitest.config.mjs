// @ts-check
/**
 * How Vitest finds and runs the unit tests: each file in a process of its own, since tfjs-node is native
 * code.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { alias, projectRoot } from './electron/packaging/entries.mjs';
import { exportedPage } from './electron/packaging/exported-page.mjs';

export default defineConfig({
  root: projectRoot,
  plugins: [svelte({ configFile: false }), exportedPage()],
  resolve: { alias, conditions: ['browser', 'module', 'node', 'development|production'] },
  test: {
    include: ['{main,electron,renderer,e2e}/**/*.test.{ts,mjs}'],
    globalSetup: ['electron/packaging/test-setup.mjs'],
    pool: 'forks',
    // As many as there are cores: a test waits for processes and timers as much as it computes.
    maxWorkers: '100%',
    // Style sheets are empty in tests, except this one, whose colours a test reads.
    css: { include: [/tokens\.css/] },
    testTimeout: 30_000,
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
  },
});
