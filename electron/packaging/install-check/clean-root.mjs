// @ts-check
/** A clean Debian in a folder, and what is done in it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../setup/processes.mjs';
import { projectRoot } from '../entries.mjs';

const enter = path.join(projectRoot, 'electron', 'packaging', 'install-check', 'enter.sh');

/** The ordinary user of a clean root. */
export const visitor = 'visitor';

/** Where a root sees the project and this Node, for what drives the app from outside; the app knows of neither. */
export const seen = { project: '/mnt/project', node: '/mnt/node' };

export class CleanRoot {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Makes one with what every Debian has, and no more.
   * @param {string} suite such as `bookworm`
   */
  static async make(suite) {
    const folder = mkdtempSync(path.join(os.tmpdir(), `gan-studio-${suite}-`));
    const root = new CleanRoot(folder);
    try {
      const { code, output } = await run('debootstrap', ['--variant=minbase', suite, folder]);
      if (code !== 0) throw new Error(`debootstrap failed. Its last words:\n${output}`);
      chmodSync(folder, 0o755);
      await root.must(['useradd', '--create-home', '--user-group', visitor]);
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
   * Runs a command that has to succeed.
   * @param {string[]} command
   * @param {string} [user]
   * @returns {Promise<string>} what it printed, or its end
   */
  async must(command, user) {
    const { code, output } = await this.in(command, user ? { user } : {});
    if (code !== 0)
      throw new Error(`${command.join(' ')} failed (exit code ${code}). Its last words:\n${output}`);
    return output;
  }

  /** @param {string} file */
  has(file) {
    return existsSync(path.join(this.folder, file));
  }

  remove() {
    // A debootstrap that failed may have left it mounted.
    spawnSync('umount', [path.join(this.folder, 'proc')], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
