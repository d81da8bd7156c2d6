/** The disk operations of a run, gathered so that tests can make each of them fail. */
import fs from 'node:fs';
import path from 'node:path';

export type Disk = {
  /** Throws `EEXIST` if `how` is `new` and the file exists. */
  open(file: string, how: 'append' | 'new'): number;
  /** Writes all of the bytes, or throws. */
  write(descriptor: number, bytes: Uint8Array): void;
  sync(descriptor: number): void;
  close(descriptor: number): void;
  /** Gives the file `to` the permissions of the file `from`, if that exists. */
  copyMode(from: string, to: string): void;
  rename(from: string, to: string): void;
  /** Makes renames and new names in the folder survive a power cut. */
  syncFolder(folder: string): void;
  remove(file: string): void;
  makeFolder(folder: string): void;
  /** Names in the folder; empty if there is no such folder. */
  list(folder: string): string[];
  read(file: string): Buffer;
  exists(place: string): boolean;
};

/** The disk of this machine. */
export const realDisk: Disk = {
  open: (file, how) => fs.openSync(file, { append: 'a', new: 'wx' }[how]),
  write(descriptor, bytes) {
    for (let done = 0; done < bytes.length;) done += fs.writeSync(descriptor, bytes, done);
  },
  sync: fs.fsyncSync,
  close: fs.closeSync,
  copyMode(from, to) {
    const found = fs.lstatSync(from, { throwIfNoEntry: false });
    if (!found?.isFile()) return;
    try {
      fs.chmodSync(to, found.mode & 0o777);
    } catch {
      // Some network disks know no permissions.
    }
  },
  rename: fs.renameSync,
  syncFolder(folder) {
    // Windows cannot open a folder to sync it; its renames are ordered already.
    if (process.platform === 'win32') return;
    const descriptor = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  },
  remove: (file) => fs.rmSync(file, { force: true }),
  makeFolder(folder) {
    // Node's own recursive mkdir never returns where the system refuses folders, as in /proc.
    if (fs.existsSync(folder)) return;
    const parent = path.dirname(folder);
    if (parent !== folder) realDisk.makeFolder(parent);
    fs.mkdirSync(folder);
  },
  list: (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder) : []),
  read: (file) => fs.readFileSync(file),
  exists: (place) => fs.existsSync(place),
};
