/** The type of one way to spoil a run folder, and what the tables of these ways share. */
import fs from 'node:fs';
import path from 'node:path';

/** The run's folder, and a folder that nothing in it may lead to. */
export type Spoiling = { folder: string; outside: string };
export type HostileKind = { name: string; spoil: (where: Spoiling) => void };

/** The newest file named after a step, relative to the run's folder; a made-up name if there is none. */
export function newest(folder: string, below: string, extension: string): string {
  const names = fs.readdirSync(path.join(folder, below)).filter((name) => name.endsWith(extension));
  return path.join(below, names.sort().at(-1) ?? `step-000000001${extension}`);
}

/** Lists in lists, as JSON. */
export const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
