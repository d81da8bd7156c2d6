/** A set of folders and files by what they really are: links are followed when one is added. */
import fs from 'node:fs';
import path from 'node:path';

export class Places {
  /** Whatever lies in one of these is meant too. */
  private readonly folders = new Set<string>();
  private readonly files = new Set<string>();
  /** As they were named: on a disk that is not plugged in, or not made yet. */
  private absent: string[] = [];

  add(place: string): void {
    const found = fs.statSync(place, { throwIfNoEntry: false });
    if (!found) this.absent.push(place);
    else (found.isDirectory() ? this.folders : this.files).add(realPath(place));
  }

  /** Whether this real path is one of them, or lies in one of the folders. */
  hold(real: string): boolean {
    if (this.files.has(real)) return true;
    for (let place = real; ; place = path.dirname(place)) {
      if (this.folders.has(place)) return true;
      if (place === path.dirname(place)) break;
    }
    return this.absent.length > 0 && this.holdsLate(real);
  }

  /** Looks once more for those that were not there. */
  private holdsLate(real: string): boolean {
    const asked = this.absent;
    this.absent = [];
    for (const place of asked) this.add(place);
    if (this.absent.length < asked.length) return this.hold(real);
    return this.absent.some((place) => contains(realPath(place), real));
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
