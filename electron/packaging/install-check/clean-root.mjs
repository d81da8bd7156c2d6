// @ts-check
/** A clean Debian system in a folder, in which commands can be run. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../setup/processes.mjs';
import { projectRoot } from '../entries.mjs';

const enter = path.join(projectRoot, 'electron', 'packaging', 'install-check', 'enter.sh');

/** The ordinary user of a clean root. */
export const visitor = 'visitor';

/**
 * The paths in a root of the project and of this Node, for the tests that drive the app; the app uses
 * neither.
 */
export const seen = { project: '/mnt/project', node: '/mnt/node' };

export class CleanRoot {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Makes one with what every Debian system has, and an ordinary user.
   * @param {string} suite such as `bookworm`
   */
  static async make(suite) {
    const folder = mkdtempSync(path.join(os.tmpdir(), `gan-studio-${suite}-`));
    const root = new CleanRoot(folder);
    try {
      const { code, output } = await run('debootstrap', ['--variant=minbase', suite, folder]);
      if (code !== 0) throw new Error(`debootstrap failed. Its last output:\n${output}`);
      chmodSync(folder, 0o755);
      await root.inOrThrow(['useradd', '--create-home', '--user-group', visitor]);
      return root;
    } catch (error) {
      root.remove();
      throw error;
    }
  }

  /**
   * Runs a command in it.
   * @param {string[]} command
   * @param {{ user?: string, output?: 'capture' | 'inherit' }} [options]
   */
  in(command, { user = 'root', output = 'capture' } = {}) {
    return run(
      'unshare',
      ['--mount', '--pid', '--fork', enter, this.folder, user, projectRoot, process.execPath, ...command],
      { output },
    );
  }

  /**
   * Runs a command that has to succeed; throws if it does not.
   * @param {string[]} command
   * @param {string} [user] root by default
   * @returns {Promise<string>} the end of what it printed
   */
  async inOrThrow(command, user) {
    const { code, output } = await this.in(command, user ? { user } : {});
    if (code !== 0)
      throw new Error(`${command.join(' ')} failed (exit code ${code}). Its last output:\n${output}`);
    return output;
  }

  /** @param {string} file */
  has(file) {
    return existsSync(path.join(this.folder, file));
  }

  remove() {
    // A debootstrap that failed may have left /proc mounted.
    spawnSync('umount', [path.join(this.folder, 'proc')], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
