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
 * @param {string[]} asked some kinds of package; none means all
 */
export async function dist(asked) {
  if (process.platform !== 'linux') return packageApp(asked.length > 0 ? asked : ['default']);
  const wanted = asked.length > 0 ? asked : kinds;
  const unknown = wanted.filter((kind) => !kinds.includes(kind));
  if (unknown.length > 0) {
    throw new SetupError({
      code: 'unknown-package',
      facts: `There is no kind of package "${unknown.join('", "')}".`,
      remedy: `Choose some of: ${kinds.join(', ')}.`,
    });
  }
  await packageApp();
  const { code, output } = await script(['upstream', ...wanted], 'capture');
  if (code === 0) return say('electron-builder made the packages with its own tools; they are in dist.');
  const reason = output.split('\n').at(-1) ?? '';
  say(`electron-builder could not make packages (${reason}): Debian’s tools do, in dist/packages.`);
  await makeWithSystemTools('own', wanted);
}

/** Makes what check-install installs. */
export async function distForCheck() {
  await packageApp();
  await makeWithSystemTools('check', ['deb', 'AppImage', 'rpm']);
}

/**
 * @param {'own' | 'check'} way
 * @param {string[]} wanted
 */
async function makeWithSystemTools(way, wanted) {
  await ensureSystemPackages(packageNeeds);
  const runtime = wanted.includes('AppImage') ? [`--runtime=${await ensureAppImageRuntime()}`] : [];
  if ((await script([way, ...wanted, ...runtime], 'stderr')).code === 0) return;
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
function script(parameters, output) {
  const file = path.join('electron', 'packaging', 'dist.mjs');
  return run(process.execPath, [file, ...parameters], { cwd: projectRoot, output });
}
