/**
 * Benchmarks and long checks of the packaged app, which are not part of the tests: each has its own npm
 * script.
 */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

export default defineConfig(tests, { testMatch: ['*.bench.ts', '*.check.ts'], workers: 1, reporter: 'line' });
