/**
 * The paths that the page may name: what a person chose or dropped, and the runs. The page itself cannot add
 * one.
 */
import { StudioError } from '#main/contract/index.ts';
import { contains, Places, realPath } from './places.ts';

/**
 * read: open or show what is there. export: write at exactly this path, neither above nor below. run: change
 * a run.
 */
export type Access = 'read' | 'export' | 'run';

export class Grants {
  private readonly readable = new Places();
  private readonly runs = new Places();
  private readonly exports = new Set<string>();

  /**
   * `runs` is the folder that runs go to; `remembered` are places that were granted for reading in earlier
   * sessions.
   */
  constructor({ runs, remembered }: { runs: string; remembered: readonly string[] }) {
    this.grantRuns(runs);
    for (const place of remembered) this.grantReading(place);
  }

  /** Lets the page open this folder and what lies in it, or this file alone, until the app ends. */
  grantReading(place: string): void {
    this.readable.add(place);
  }

  /**
   * Lets the page open and change the runs in this folder until the app ends; earlier folders stay granted
   * too.
   */
  grantRuns(folder: string): void {
    this.runs.add(folder);
  }

  /** Lets the page have this file written, or a new folder made in this one, until the app ends. */
  grantExport(place: string): void {
    this.exports.add(place);
  }

  /**
   * Throws StudioError `path-not-granted` unless the path is granted or, except for an export, lies in a
   * granted folder. Links are followed first.
   */
  require(asked: string, access: Access): void {
    const real = realPath(asked);
    const granted = {
      read: () =>
        this.readable.hold(real, asked) ||
        this.runs.hold(real, asked) ||
        [...this.exports].some((place) => contains(realPath(place), real)),
      export: () => [...this.exports].some((place) => realPath(place) === real),
      run: () => this.runs.hold(real, asked),
    };
    // No file name contains NUL; Node would refuse it later, with an error that says less.
    if (!asked.includes('\0') && granted[access]()) return;
    throw new StudioError({
      code: 'path-not-granted',
      message: `GAN Studio was not given access to ${asked}.`,
      remedy: 'Choose it in a dialog, or drop it on the window.',
    });
  }
}
