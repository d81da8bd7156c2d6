// @ts-check
/** Packages the app into a folder that runs by itself, such as dist/linux-unpacked. */
import { ensure } from './environment.mjs';
import { projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError } from './report.mjs';

/** Builds and packages; the packager's own output goes to standard error. */
export async function packageApp() {
  await ensure({ electron: true, build: true, node: true });
  const outcome = await run(process.execPath, ['electron/packaging/package.mjs'], {
    cwd: projectRoot,
    output: 'stderr',
  });
  if (outcome.code !== 0) {
    throw new SetupError({
      code: 'package',
      facts: 'The app could not be packaged; the reason is above.',
      remedy: 'Fix what it names, then run npm run package again.',
    });
  }
}
