/** Names for new run folders. */
import fs from 'node:fs';
import path from 'node:path';

/** A folder below `parent` that does not exist yet: the date, the name, and a number when they are taken. */
export function newRunFolder(parent: string, name: string): string {
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  const safe = name.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, ' ').replace(/\s+/g, ' ').replace(/[. ]+$/, '').trim().slice(0, 60) || 'run';
  for (let attempt = 1; ; attempt++) {
    const folder = path.join(parent, `${date} ${safe}${attempt === 1 ? '' : ` ${attempt}`}`);
    if (!fs.existsSync(folder)) return folder;
  }
}
