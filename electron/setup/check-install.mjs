// @ts-check
/** Installs the packages in clean Debian systems, and uses them there. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openScreen } from './display.mjs';
import { distForCheck } from './dist.mjs';
import { ensure } from './environment.mjs';
import { buildFolder, projectRoot, readJson } from './paths.mjs';
import { run } from './processes.mjs';
import { cleanRootNeeds, ensureSystemPackages } from './system-libraries.mjs';
import { summaryLine, withStageFailure } from './test-counts.mjs';

const report = path.join(buildFolder, 'test', 'install.json');

/** @returns {Promise<import('./test-counts.mjs').Counts>} */
export async function checkInstall() {
  await ensure({ electron: true, window: true, screen: true });
  await ensureSystemPackages(cleanRootNeeds);
  await distForCheck();
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const screen = await openScreen();
  try {
    const { code } = await run(
      process.execPath,
      [path.join('electron', 'packaging', 'install-check', 'check.mjs')],
      {
        cwd: projectRoot,
        environment: { ...process.env, ...screen.environment },
        output: 'inherit',
      },
    );
    return withStageFailure(readJson(report) ?? { passed: 0, failed: 0, skipped: 0 }, code);
  } finally {
    screen.stop();
  }
}

/** @returns {Promise<number>} the exit code */
export async function checkInstallAlone() {
  const counts = await checkInstall();
  console.log(`\n${summaryLine(counts)}`);
  return counts.failed === 0 ? 0 : 1;
}
