/** Benchmarks and long checks of the packaged app, which no test run includes: each is a command of its own. */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

export default defineConfig(tests, { testMatch: ['*.bench.ts', '*.check.ts'], workers: 1, reporter: 'line' });
