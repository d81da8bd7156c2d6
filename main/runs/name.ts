/** Names for new folders that no system refuses. */
import fs from 'node:fs';
import path from 'node:path';

/** A folder below `parent` that does not exist yet: the date, the name, and a number when they are taken. */
export function newRunFolder(parent: string, name: string): string {
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return freeFolder(parent, `${date} ${safeName(name)}`);
}

/** A folder below `parent` that does not exist yet: the name, with a number when it is taken. */
export function freeFolder(parent: string, name: string): string {
  for (let attempt = 1; ; attempt++) {
    const folder = path.join(parent, attempt === 1 ? name : `${name} ${attempt}`);
    if (!fs.existsSync(folder)) return folder;
  }
}

/**
 * The name without what Windows, macOS or Linux refuse, 50 characters at most: 255 bytes hold them in every
 * script.
 */
export function safeName(name: string): string {
  const plain = name
    .replace(/[\u0000-\u001f<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (
    Array.from(plain)
      .slice(0, 50)
      .join('')
      .replace(/[. ]+$/, '') || 'run'
  );
}
