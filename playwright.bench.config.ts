/** The benchmark of the packaged app, which no test run includes. */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

export default defineConfig(tests, { testMatch: '*.bench.ts', workers: 1, reporter: 'line' });
