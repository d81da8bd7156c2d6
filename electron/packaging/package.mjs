// @ts-check
/**
 * Packages the app with electron-builder into a folder that runs by itself, and makes its variant for tests.
 */
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { projectRoot } from './entries.mjs';
import { makeTestVariant } from './test-variant.mjs';

process.chdir(projectRoot);
try {
  await build({
    projectDir: projectRoot,
    config: path.join('electron', 'packaging', 'electron-builder.mjs'),
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
  });
  await makeTestVariant();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
