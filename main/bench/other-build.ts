/**
 * Builds this program from another commit in a folder of its own, so that both can be measured on one
 * machine.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { StudioError } from '../contract/index.ts';

/**
 * The path of the command line of `commit`, which is checked out in `cache` and set up by its own scripts
 * unless it is there. Throws StudioError `no-such-build`.
 */
export function commandLineOf(commit: string, cache: string): string {
  const name = git('rev-parse', '--verify', `${commit}^{commit}`).trim();
  const folder = path.join(cache, 'builds', name);
  const program = path.join(folder, 'build', 'cli.cjs');
  if (fs.existsSync(program)) return program;
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-x', '-C', folder], {
      input: execFileSync('git', ['archive', name], { maxBuffer: 2 ** 30 }),
    });
  }
  process.stderr.write(`Setting up ${name.slice(0, 8)} in ${folder}\n`);
  const { status } = spawnSync(process.execPath, [path.join('electron', 'setup', 'main.mjs'), 'build'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0 && fs.existsSync(program)) return program;
  throw noBuild(`Setting up ${name} ended with ${status}.`);
}

function git(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, { encoding: 'utf8' });
  if (status === 0) return stdout;
  throw noBuild(`git says: ${stderr.trim()}`);
}

function noBuild(message: string): StudioError {
  return new StudioError({
    code: 'no-such-build',
    message,
    remedy: 'Name a commit of this repository, and run this in its folder.',
  });
}
