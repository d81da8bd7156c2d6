/** Loads a module with all its imports into a page, since a function for `page.evaluate` cannot import. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';

/**
 * Afterwards its exports are the global variable `name` of the page. `module`: its path below this folder.
 */
export async function loadInPage(page: Page, module: string, name: string): Promise<void> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry: path.join('e2e', module), formats: ['iife'], name },
    },
  });
  const [{ output }] = built as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput];
  await page.evaluate(`${output[0].code}\nglobalThis.${name} = ${name};`);
}
