/**
 * The end-to-end tests of the packaged app: two run at a time, since they mostly wait; each has folders of
 * its own.
 */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // Unit tests of the test helpers lie there too: *.test.ts.
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  // Screenshots of every state take long: e2e/looks.ts.
  timeout: process.env['GAN_STUDIO_SCREENSHOTS'] ? 600_000 : 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
});
