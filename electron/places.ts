/** A set of folders and files by what they really are: links are followed when one is added. */
import fs from 'node:fs';
import path from 'node:path';

export class Places {
  /** Whatever lies in one of these is meant too. */
  private readonly folders = new Set<string>();
  private readonly files = new Set<string>();
  /**
   * On a disk that is not plugged in, not made yet, or not to be looked at: from each as it was named, and as its
   * links led then, to the former. One without an entry of the former has been found since.
   */
  private readonly absent = new Map<string, string>();

  add(place: string): void {
    const named = path.resolve(place);
    const found = statOf(named);
    if (found) {
      this.absent.delete(named);
      (found.isDirectory() ? this.folders : this.files).add(realPath(named));
    } else {
      this.absent.set(realPath(named), named).set(named, named);
    }
  }

  /** Whether this real path, which was asked for by that name, is one of them or lies in one of the folders. */
  hold(real: string, asked = real): boolean {
    if (this.isFound(real)) return true;
    if (this.absent.size === 0) return false;
    const late = new Set([...upwards(real), ...upwards(path.resolve(asked))]);
    return [...late].some((place) => this.holdsLate(place, real));
  }

  private isFound(real: string): boolean {
    return this.files.has(real) || upwards(real).some((place) => this.folders.has(place));
  }

  /** Looks once more for the one of this name that was not there, should there be one. */
  private holdsLate(place: string, real: string): boolean {
    const named = this.absent.get(place);
    if (named === undefined || !this.absent.has(named)) return false;
    this.add(named);
    return this.absent.has(named) ? contains(realPath(named), real) : this.isFound(real);
  }
}

/** The path, and every folder that it lies in. */
function upwards(place: string): string[] {
  const parent = path.dirname(place);
  return parent === place ? [place] : [place, ...upwards(parent)];
}

/** Undefined also of what cannot be looked at: a circle of links, too long a name, a disk that fails. */
function statOf(place: string): fs.Stats | undefined {
  try {
    return fs.statSync(place);
  } catch {
    return undefined;
  }
}

export function contains(folder: string, place: string): boolean {
  const below = path.relative(folder, place);
  return below === '' || (below.split(path.sep)[0] !== '..' && !path.isAbsolute(below));
}

/** The path without links; of a path that does not exist yet, its existing part. */
export function realPath(place: string): string {
  const whole = path.resolve(place);
  try {
    return fs.realpathSync.native(whole);
  } catch {
    const parent = path.dirname(whole);
    return parent === whole ? whole : path.join(realPath(parent), path.basename(whole));
  }
}
