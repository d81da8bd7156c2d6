/** Finds the commit that a benchmark was built from. */
import { spawnSync } from 'node:child_process';

/** The paths that the program is built from; the results of benchmarks are elsewhere. */
const SOURCES = ['main', 'electron', 'package.json', 'package-lock.json'];

/**
 * The commit of the working folder, with "+" if its sources differ from it; "unknown" outside of a
 * repository.
 */
export function commit(): string {
  const git = (...words: string[]) => spawnSync('git', words, { encoding: 'utf8' }).stdout.trim();
  const changes = git('status', '--porcelain', '--', ...SOURCES);
  return (git('rev-parse', '--short=8', 'HEAD') || 'unknown') + (changes === '' ? '' : '+');
}
