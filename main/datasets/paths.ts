/** Paths as bytes, not text: a name need not be UTF-8, and then its text would not lead back to the file. */

const SEPARATOR = Buffer.from('/');

/** The path of a name in a folder; the empty path is the top folder. */
export function joinPath(folder: Buffer, name: Buffer): Buffer {
  return folder.length === 0 ? name : Buffer.concat([folder, SEPARATOR, name]);
}

/** A path as text for people; bytes that are not UTF-8 show as U+FFFD. */
export function showPath(path: Buffer): string {
  return path.toString('utf8');
}

/** The names of a path. */
export function namesOf(path: Buffer): Buffer[] {
  const names: Buffer[] = [];
  let from = 0;
  for (let at = path.indexOf(SEPARATOR); at >= 0; at = path.indexOf(SEPARATOR, from)) {
    names.push(path.subarray(from, at));
    from = at + 1;
  }
  return [...names, path.subarray(from)];
}

/** Whether `path` is `folder` or lies in it; both absolute, without links. */
export function liesIn(folder: Buffer, path: Buffer): boolean {
  if (folder.equals(SEPARATOR) || folder.equals(path)) return true;
  return path.subarray(0, folder.length + 1).equals(Buffer.concat([folder, SEPARATOR]));
}

/** Whether a name is valid UTF-8, so that it can be shown unchanged. */
export function isReadable(name: Buffer): boolean {
  return Buffer.from(showPath(name)).equals(name);
}
