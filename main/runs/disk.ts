/** The few things that a run does to the disk, gathered so that tests can make each of them fail. */
import fs from 'node:fs';
import path from 'node:path';

export type Disk = {
  /** Throws when the file exists already, if `how` is new. */
  open(file: string, how: 'append' | 'new'): number;
  /** All of the bytes, or an error. */
  write(descriptor: number, bytes: Uint8Array): void;
  sync(descriptor: number): void;
  close(descriptor: number): void;
  /** Gives a file the permissions of another, where that is there. */
  copyMode(from: string, to: string): void;
  rename(from: string, to: string): void;
  /** Makes renames and new names in the folder last. */
  syncFolder(folder: string): void;
  remove(file: string): void;
  makeFolder(folder: string): void;
  /** Names in the folder; none when there is no such folder. */
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
    // Node's own recursive mkdir never returns where the system refuses as /proc does.
    if (fs.existsSync(folder)) return;
    const parent = path.dirname(folder);
    if (parent !== folder) realDisk.makeFolder(parent);
    fs.mkdirSync(folder);
  },
  list: (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder) : []),
  read: (file) => fs.readFileSync(file),
  exists: (place) => fs.existsSync(place),
};
