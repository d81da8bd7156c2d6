/** Finds names for runs that no other run has, and names for folders that no system refuses. */
import fs from 'node:fs';
import path from 'node:path';
import { freeName, isSameName, StudioError, type RunConfig } from '../contract/index.ts';
import { runNames } from './list.ts';

/** The settings with a name that no run in `parent` has. */
export function withFreeName(config: RunConfig, parent: string): RunConfig {
  const taken = runNames(parent).map(({ name }) => name);
  return { ...config, name: freeName(config.name, taken) };
}

/** Throws StudioError `name-taken` if a run in `parent`, other than the one in `folder`, has this name. */
export function requireFreeName(name: string, { parent, folder }: { parent: string; folder: string }): void {
  const others = runNames(parent).filter((run) => path.resolve(run.folder) !== path.resolve(folder));
  if (!others.some((run) => isSameName(run.name, name))) return;
  const free = freeName(
    name,
    others.map((run) => run.name),
  );
  throw new StudioError({
    code: 'name-taken',
    message: `Another run is named “${name.trim()}” already.`,
    remedy: `Choose another name, such as “${free}”.`,
  });
}

/** A folder in `parent` that does not exist yet, named by date and name, with a number if that is taken. */
export function newRunFolder(parent: string, name: string): string {
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return freeFolder(parent, `${date} ${safeName(name)}`);
}

/** A folder in `parent` that does not exist yet: the name, with a number if it is taken. */
export function freeFolder(parent: string, name: string): string {
  for (let attempt = 1; ; attempt++) {
    const folder = path.join(parent, attempt === 1 ? name : `${name} ${attempt}`);
    if (!fs.existsSync(folder)) return folder;
  }
}

/**
 * The name without what Windows, macOS or Linux refuse, cut to 50 characters, which fit the 255 bytes of a
 * file name in every script.
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
