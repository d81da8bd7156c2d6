// @ts-check
/**
 * Runs electron-builder: a folder that runs by itself and a variant of it for tests, or the installers named on the
 * command line (dmg, nsis; dist.mjs makes Linux's).
 */
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { projectRoot } from './entries.mjs';
import { makeTestVariant } from './test-variant.mjs';

const installers = process.argv.slice(2);
process.chdir(projectRoot);
try {
  await build({
    projectDir: projectRoot,
    config: path.join('electron', 'packaging', 'electron-builder.mjs'),
    targets: Platform.current().createTarget(installers.length > 0 ? installers : 'dir'),
    publish: 'never',
  });
  if (installers.length === 0) await makeTestVariant();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
