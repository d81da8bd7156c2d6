/**
 * Bait in folders that the app was not granted: runs, pictures and texts, each with a word that occurs
 * nowhere else, and with times that show whether it was read or changed.
 */
import fs from 'node:fs';
import path from 'node:path';
import { writePlainPng } from '../image-folder.ts';

/**
 * The time of reading is before that of writing, so that Linux records the next reading even when it records
 * few (relatime).
 */
const READ = new Date('2001-01-01T00:00:00Z');
const WRITTEN = new Date('2002-02-02T00:00:00Z');
/** A colour that only the pictures of the bait have. */
const COLOUR = [201, 7, 133] as const;

/** Fills a folder with bait: a copy of a run, pictures, and texts. Returns the words that it holds. */
export function layBait(folder: string, { run, word }: { run: string; word: string }): string[] {
  fs.mkdirSync(path.join(folder, 'pictures', `${word}-below`), { recursive: true });
  fs.writeFileSync(path.join(folder, 'secret.txt'), `${word} in a text\n`);
  fs.writeFileSync(path.join(folder, '.env'), `KEY=${word}\n`);
  for (const name of ['secret.png', path.join(`${word}-below`, `${word}.png`)])
    writePlainPng(path.join(folder, 'pictures', name), 64, COLOUR);
  const copy = path.join(folder, 'run');
  fs.cpSync(run, copy, { recursive: true });
  fs.writeFileSync(path.join(copy, 'note.txt'), `${word} in a note`);
  const config = path.join(copy, 'config.json');
  const settings = JSON.parse(fs.readFileSync(config, 'utf8')) as object;
  fs.writeFileSync(config, JSON.stringify({ ...settings, name: word }));
  fs.appendFileSync(
    path.join(copy, 'events.jsonl'),
    `${JSON.stringify({ time: new Date().toISOString(), type: 'data-changed', step: 2, message: word })}\n`,
  );
  return [word, String.fromCharCode(...COLOUR, ...COLOUR, ...COLOUR)];
}

/** Sets all times in these folders to known ones, and says later what was read or changed. */
export class Watched {
  private readonly roots: readonly string[];
  private readonly before: ReadonlyMap<string, string>;
  /** Whether the disk records that a file was read. */
  readonly seesReading: boolean;

  constructor(roots: readonly string[]) {
    this.roots = roots;
    const places = roots.flatMap(everythingIn);
    const setTimes = () => {
      for (const place of places) fs.lutimesSync(place, READ, WRITTEN);
      return new Map(places.map((place) => [place, factsOf(place)]));
    };
    const before = setTimes();
    for (const place of places) readAll(place);
    this.seesReading = places.some((place) => factsOf(place) !== before.get(place));
    this.before = setTimes();
  }

  /** What has changed: files that were written, removed, added, or read outside of `readable`. */
  changes(readable: readonly string[] = []): string[] {
    const changed = [...this.before].flatMap(([place, facts]) => {
      const found = factsOf(place);
      const mayBeRead = readable.some((folder) => `${place}/`.startsWith(`${folder}/`));
      return found === facts || (mayBeRead && unread(found) === unread(facts))
        ? []
        : [`${place}: was ${facts}, is ${found}`];
    });
    // Last, since listing a folder reads it.
    const added = this.roots
      .flatMap(listed)
      .filter((place) => !this.before.has(place))
      .map((place) => `${place}: is new`);
    return [...changed, ...added];
  }
}

/** A path and everything below it; links are not followed. */
function everythingIn(place: string): string[] {
  const found = fs.lstatSync(place);
  if (!found.isDirectory()) return [place];
  return [place, ...fs.readdirSync(place).flatMap((name) => everythingIn(path.join(place, name)))];
}

/** The same for a path that may be gone. */
function listed(place: string): string[] {
  return fs.lstatSync(place, { throwIfNoEntry: false }) ? everythingIn(place) : [];
}

function factsOf(place: string): string {
  const found = fs.lstatSync(place, { throwIfNoEntry: false });
  if (!found) return 'nothing';
  const { mode, size, atime, mtime, ino, nlink } = found;
  // Resolving a path reads the links in it, so only the targets of links count.
  const read = found.isSymbolicLink() ? '' : ` read ${atime.toISOString()}`;
  return `${ino} ${mode.toString(8)} ${nlink} ${size} bytes written ${mtime.toISOString()}${read}`;
}

/** The facts without the time of the last reading. */
const unread = (facts: string): string => facts.replace(/ read .*/, '');

function readAll(place: string): void {
  const found = fs.lstatSync(place);
  if (found.isDirectory()) fs.readdirSync(place);
  else if (found.isFile()) fs.readFileSync(place);
}
