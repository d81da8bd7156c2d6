// @ts-check
/** Makes the packages that people install, in dist/packages. */
import path from 'node:path';
import { ensureAppImageRuntime } from './app-image-runtime.mjs';
import { ensure } from './environment.mjs';
import { packageApp } from './package.mjs';
import { projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, say } from './report.mjs';
import { ensureSystemPackages, packageNeeds } from './system-libraries.mjs';

/** The kinds of package of each system. @type {Partial<Record<NodeJS.Platform, string[]>>} */
const kindsOf = { linux: ['deb', 'AppImage', 'rpm', 'tar.gz'], win32: ['nsis'], darwin: ['dmg'] };

/**
 * Makes packages with electron-builder, which downloads its tools; on Linux with Debian's tools if that
 * fails.
 * @param {string[]} asked some kinds of package; none means all
 */
export async function dist(asked) {
  const kinds = kindsOf[process.platform] ?? [];
  const wanted = asked.length > 0 ? asked : kinds;
  const unknown = wanted.filter((kind) => !kinds.includes(kind));
  if (unknown.length > 0) {
    throw new SetupError({
      code: 'unknown-package',
      facts: `There is no kind of package "${unknown.join('", "')}" on this system.`,
      remedy: `Choose some of: ${kinds.join(', ')}.`,
    });
  }
  if (process.platform !== 'linux') return makeSigned(wanted);
  await packageApp();
  const { code, output } = await script(['upstream', ...wanted], 'capture');
  if (code === 0) return say('electron-builder made the packages with its own tools, in dist/packages.');
  const reason = output.split('\n').at(-1) ?? '';
  say(`electron-builder could not make packages (${reason}), so Debian’s tools make them, in dist/packages.`);
  await makeWithSystemTools('own', wanted);
}

/**
 * Makes packages on Windows and macOS, where an app is signed while it is packaged.
 * @param {string[]} wanted
 */
async function makeSigned(wanted) {
  await ensure({ electron: true, build: true });
  await mustMake(['upstream', ...wanted]);
}

/** Makes the packages that check-install installs. */
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
  await mustMake([way, ...wanted, ...runtime]);
}

/** @param {string[]} parameters of the script */
async function mustMake(parameters) {
  if ((await script(parameters, 'stderr')).code === 0) return;
  throw new SetupError({
    code: 'dist',
    facts: 'The packages could not be made; the reason is above.',
    remedy: 'Fix what it names, then run npm run dist again.',
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
