/** A set of folders and files by their real paths: links are followed when one is added. */
import fs from 'node:fs';
import path from 'node:path';

export class Places {
  /** What lies in one of these is held too. */
  private readonly folders = new Set<string>();
  private readonly files = new Set<string>();
  /**
   * Paths that were not found when they were added: their disk is not plugged in, they do not exist yet, or
   * they cannot be read. Keys are the path as it was named and its real path then; the value of both is the
   * path as it was named. Once it is found, the key of that name is deleted.
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

  /** Whether this real path, asked for by the name `asked`, is in the set or lies in one of its folders. */
  hold(real: string, asked = real): boolean {
    if (this.isFound(real)) return true;
    if (this.absent.size === 0) return false;
    const late = new Set([...upwards(real), ...upwards(path.resolve(asked))]);
    return [...late].some((place) => this.holdsLate(place, real));
  }

  private isFound(real: string): boolean {
    return this.files.has(real) || upwards(real).some((place) => this.folders.has(place));
  }

  /** Looks again for the path of this name, if it was not found before. */
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

/** Undefined also when it cannot be read: a circle of links, too long a name, a disk that fails. */
function statOf(place: string): fs.Stats | undefined {
  try {
    return fs.statSync(place);
  } catch {
    return undefined;
  }
}

/** Whether `place` is the folder or lies in it, by their paths alone. */
export function contains(folder: string, place: string): boolean {
  const below = path.relative(folder, place);
  return below === '' || (below.split(path.sep)[0] !== '..' && !path.isAbsolute(below));
}

/** The path without links; of a path that does not exist yet, the existing part is resolved. */
export function realPath(place: string): string {
  const whole = path.resolve(place);
  try {
    return fs.realpathSync.native(whole);
  } catch {
    const parent = path.dirname(whole);
    return parent === whole ? whole : path.join(realPath(parent), path.basename(whole));
  }
}
