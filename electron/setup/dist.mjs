// @ts-check
/** Makes the packages that people install, in dist/packages. */
import path from 'node:path';
import { signingInWords } from '../packaging/signing.mjs';
import { ensureAppImageRuntime } from './app-image-runtime.mjs';
import { ensure } from './environment.mjs';
import { packageApp } from './package.mjs';
import { projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, say } from './report.mjs';
import { ensureSystemPackages, packageNeeds } from './system-libraries.mjs';

/** What each system's packages are called. @type {Partial<Record<NodeJS.Platform, string[]>>} */
const kindsOf = { linux: ['deb', 'AppImage', 'rpm', 'tar.gz'], win32: ['nsis'], darwin: ['dmg'] };

/**
 * By electron-builder. Its tools are downloads; where they cannot be had, Debian's take their place on Linux.
 * @param {string[]} asked some kinds of package; none means all; `--for-tests` stands for the .deb of the tests' variant
 */
export async function dist(asked) {
  const forTests = asked.includes('--for-tests');
  const wanted = forTests ? ['deb'] : wantedOf(asked);
  if (process.platform !== 'linux') return makeSigned(wanted);
  await packageApp();
  if (!forTests && (await script(['upstream', ...wanted], 'capture')) === 0) {
    say('electron-builder made the packages with its own tools.');
    return;
  }
  if (!forTests) say('electron-builder’s own tools cannot be had here: Debian’s make the packages.');
  await ensureSystemPackages(packageNeeds);
  const runtime = wanted.includes('AppImage') ? [`--runtime=${await ensureAppImageRuntime()}`] : [];
  requireMade(await script([forTests ? 'tests' : 'own', ...wanted, ...runtime], 'stderr'));
}

/**
 * The kinds that are asked for, or all of this system's.
 * @param {string[]} asked
 */
function wantedOf(asked) {
  const kinds = kindsOf[process.platform] ?? [];
  const unknown = asked.filter((kind) => !kinds.includes(kind));
  if (unknown.length > 0) {
    throw new SetupError({
      code: 'unknown-package',
      facts: `There is no kind of package "${unknown.join('", "')}" on this system.`,
      remedy: `Choose some of: ${kinds.join(', ')}.`,
    });
  }
  return asked.length > 0 ? asked : kinds;
}

/**
 * On Windows and macOS, where an app is signed while it is put together.
 * @param {string[]} wanted
 */
async function makeSigned(wanted) {
  await ensure({ electron: true, build: true });
  say(signingInWords(process.platform, process.env));
  requireMade(await script(['upstream', ...wanted], 'stderr'));
}

/** @param {number} code of the script */
function requireMade(code) {
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
