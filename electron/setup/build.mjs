// @ts-check
/**
 * Builds the app when its sources differ from those of the last build, judging by their names, sizes and
 * times.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildFolder, projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError } from './report.mjs';

const stampFile = path.join(buildFolder, 'build.stamp');
const sources = [
  'main',
  'renderer',
  'assets',
  'electron',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Builds if needed; the bundler's own output goes to standard error. */
export async function ensureBuild() {
  const fingerprint = fingerprintOf(sources.map((name) => path.join(projectRoot, name)));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;
  await build(fingerprint);
}

/** @param {string} [fingerprint] */
export async function build(
  fingerprint = fingerprintOf(sources.map((name) => path.join(projectRoot, name))),
) {
  rmSync(stampFile, { force: true });
  const outcome = await run(process.execPath, [path.join('electron', 'packaging', 'build.mjs')], {
    cwd: projectRoot,
    output: 'stderr',
  });
  if (outcome.code !== 0) {
    throw new SetupError({
      code: 'build',
      facts: 'The app could not be built; the reason is above.',
      remedy: 'Fix what it names, then run the same command again.',
    });
  }
  mkdirSync(buildFolder, { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

/**
 * A fingerprint of files and folders; tests are left out, since they are not built.
 * @param {string[]} roots
 * @returns {string}
 */
export function fingerprintOf(roots) {
  const hash = createHash('sha256');
  /** @param {string} file */
  const visit = (file) => {
    const entry = statSync(file, { throwIfNoEntry: false });
    if (!entry || /\.test\.\w+$/.test(file)) return;
    if (!entry.isDirectory()) hash.update(`${file}\0${entry.size}\0${entry.mtimeMs}\n`);
    else for (const name of readdirSync(file).sort()) visit(path.join(file, name));
  };
  roots.forEach(visit);
  return hash.digest('hex');
}
