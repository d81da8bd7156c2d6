/** A set of folders and files by what they really are: links are followed when one is added. */
import fs from 'node:fs';
import path from 'node:path';

export class Places {
  /** Whatever lies in one of these is meant too. */
  private readonly folders = new Set<string>();
  private readonly files = new Set<string>();
  /** By what they would really be: on a disk that is not plugged in, not made yet, or not to be looked at. */
  private readonly absent = new Map<string, string>();

  add(place: string): void {
    const isFolder = folderAt(place);
    const real = realPath(place);
    if (isFolder === undefined) this.absent.set(real, place);
    else (isFolder ? this.folders : this.files).add(real);
  }

  /** Whether this real path is one of them, or lies in one of the folders. */
  hold(real: string): boolean {
    if (this.files.has(real)) return true;
    for (let place = real; ; place = path.dirname(place)) {
      if (this.folders.has(place)) return true;
      const named = this.absent.get(place);
      if (named !== undefined) return this.holdsLate({ named, place }, real);
      if (place === path.dirname(place)) return false;
    }
  }

  /** Looks once more for one that was not there: by now it may be a file, which holds nothing else. */
  private holdsLate({ named, place }: { named: string; place: string }, real: string): boolean {
    const isFolder = folderAt(named);
    if (isFolder === undefined) return true;
    this.absent.delete(place);
    this.add(named);
    return this.hold(real);
  }
}

/** Whether a folder is there, or something else; undefined where nothing can be seen. */
function folderAt(place: string): boolean | undefined {
  try {
    return fs.statSync(place).isDirectory();
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
