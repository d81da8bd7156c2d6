// @ts-check
/** Installs the npm packages, unless npm's own record says that they are installed. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { modulesFolder, projectRoot, readJson } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, step } from './report.mjs';

/**
 * @returns {boolean} whether node_modules holds exactly what package-lock.json names
 */
export function npmPackagesAreInstalled() {
  const wanted = readJson(path.join(projectRoot, 'package-lock.json'))?.packages;
  const installed = readJson(path.join(modulesFolder, '.package-lock.json'))?.packages;
  return Boolean(wanted && installed) && packagesMatch(wanted, installed);
}

/**
 * Compares a lock file with npm's record of what is installed; optional packages may be absent, since they
 * are for other systems.
 * @param {Record<string, { version?: string, optional?: boolean }>} wanted
 * @param {Record<string, { version?: string }>} installed
 * @returns {boolean}
 */
export function packagesMatch(wanted, installed) {
  const everyWantedIsThere = Object.entries(wanted).every(
    ([folder, { version, optional }]) =>
      folder === '' || (folder in installed ? installed[folder]?.version === version : optional === true),
  );
  return everyWantedIsThere && Object.keys(installed).every((folder) => folder in wanted);
}

/** Runs `npm ci` when something is missing. Takes about 20 s. */
export async function ensureNpmPackages() {
  if (npmPackagesAreInstalled()) return;
  const progress = step('npm packages, from the npm registry');
  const timer = setInterval(() => progress.update('installing'), 1000);
  const { command, first } = npmCommand();
  const outcome = await run(
    command,
    [...first, 'ci', '--loglevel=error', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: projectRoot },
  );
  clearInterval(timer);
  if (outcome.code !== 0) {
    throw new SetupError({
      code: 'npm-packages',
      facts: `npm could not install the packages (exit code ${outcome.code}). Its last output:\n${outcome.output}`,
      remedy: 'Check the connection to the npm registry (npm ping), then run the same command again.',
    });
  }
  progress.end('installed');
}

/**
 * The npm that started this program, or else the one beside Node or on the PATH. It is started through Node
 * where possible, since npm.cmd of Windows needs a shell.
 * @returns {{ command: string, first: string[] }} first: the parameters before npm's own
 */
export function npmCommand() {
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath, beside].find((file) => file?.endsWith('.js') && existsSync(file));
  return script ? { command: process.execPath, first: [script] } : { command: 'npm', first: [] };
}
