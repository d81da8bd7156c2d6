/** One thing that a run folder from somebody else may hold, and what the tables of them share. */
import fs from 'node:fs';
import path from 'node:path';

/** The run's folder, and one that it must not lead to. */
export type Spoiling = { folder: string; outside: string };
export type HostileKind = { name: string; spoil: (where: Spoiling) => void };

/** The newest of the files that are named after a step, below the run's folder. */
export function newest(folder: string, below: string, extension: string): string {
  const names = fs.readdirSync(path.join(folder, below)).filter((name) => name.endsWith(extension));
  return path.join(below, names.sort().at(-1) ?? `step-000000001${extension}`);
}

/** Lists in lists, as JSON. */
export const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
