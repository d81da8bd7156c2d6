/** Which sources a benchmark was built from. */
import { spawnSync } from 'node:child_process';

/** What the program is made of: results are not. */
const SOURCES = ['main', 'electron', 'package.json', 'package-lock.json'];

/** The commit of this folder, with "+" where its sources differ from it. */
export function commit(): string {
  const git = (...words: string[]) => spawnSync('git', words, { encoding: 'utf8' }).stdout.trim();
  const changes = git('status', '--porcelain', '--', ...SOURCES);
  return (git('rev-parse', '--short=8', 'HEAD') || 'unknown') + (changes === '' ? '' : '+');
}
