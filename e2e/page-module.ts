/** Loads a module into a page, with all that it imports: what `page.evaluate` takes may name nothing outside of itself. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';

/** The page has its exports as a global variable of this name. `module`: its path below this folder. */
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
