/** The end-to-end tests: the packaged app, two at a time, as most of a test is waiting; each has folders of its own. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // Unit tests of what drives the app lie there too: *.test.ts.
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  // Photographing every state takes its time: e2e/looks.ts.
  timeout: process.env['GAN_STUDIO_SCREENSHOTS'] ? 600_000 : 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
});
