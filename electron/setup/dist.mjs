// @ts-check
/** Makes the packages that people install, in dist/packages. */
import path from 'node:path';
import { ensureAppImageRuntime } from './app-image-runtime.mjs';
import { packageApp } from './package.mjs';
import { projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, say } from './report.mjs';
import { ensureSystemPackages, packageNeeds } from './system-libraries.mjs';

const kinds = ['deb', 'AppImage', 'rpm', 'tar.gz'];

/**
 * On Linux: by electron-builder, whose tools for it are downloads; where they cannot be had, by those of Debian.
 * Elsewhere electron-builder needs none for what its system takes.
 * @param {string[]} asked some kinds of package; none means all; `--for-tests` stands for the .deb of the tests' variant
 */
export async function dist(asked) {
  if (process.platform !== 'linux') return packageApp(asked.length > 0 ? asked : ['default']);
  const forTests = asked.includes('--for-tests');
  const wanted = forTests ? ['deb'] : asked.length > 0 ? asked : kinds;
  const unknown = wanted.filter((kind) => !kinds.includes(kind));
  if (unknown.length > 0) {
    throw new SetupError({
      code: 'unknown-package',
      facts: `There is no kind of package "${unknown.join('", "')}".`,
      remedy: `Choose some of: ${kinds.join(', ')}.`,
    });
  }
  await packageApp();
  if (!forTests && (await script(['upstream', ...wanted], 'capture')) === 0) {
    say('electron-builder made the packages with its own tools.');
    return;
  }
  if (!forTests) say('electron-builder’s own tools cannot be had here: Debian’s make the packages.');
  await ensureSystemPackages(packageNeeds);
  const runtime = wanted.includes('AppImage') ? [`--runtime=${await ensureAppImageRuntime()}`] : [];
  const code = await script([forTests ? 'tests' : 'own', ...wanted, ...runtime], 'stderr');
  if (code === 0) return;
  throw new SetupError({
    code: 'dist',
    facts: 'The packages could not be made; the reason stands above.',
    remedy: 'Put right what it names, then run npm run dist again.',
  });
}

/**
 * @param {string[]} parameters
 * @param {'capture' | 'stderr'} output
 */
async function script(parameters, output) {
  const { code } = await run(
    process.execPath,
    [path.join('electron', 'packaging', 'dist.mjs'), ...parameters],
    {
      cwd: projectRoot,
      output,
    },
  );
  return code;
}
