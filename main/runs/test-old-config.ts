/** Settings as older versions wrote and hashed them, for tests. */
import { createHash } from 'node:crypto';
import { runConfigSchema, type RunConfig } from '../contract/index.ts';

type Old = Record<string, unknown>;
const FREE = ['name', 'steps', 'samples', 'checkpoints'];

/** The settings as version 4 or 5 wrote them; `folder` is the one of the pictures, if they have any. */
export function oldConfig(config: RunConfig, { version, folder }: { version: 4 | 5; folder?: string }): Old {
  const { size, colour, framing, background, mirror } = config.dataset.options;
  const source = folder === undefined ? config.dataset.source : { kind: 'folder', path: folder };
  const before = runConfigSchema.omit({ heldOut: true, measuring: true, precision: true }).parse(config);
  return { ...before, version, dataset: { source, options: { size, colour, framing, background, mirror } } };
}

/** SHA-256 of all settings but the free ones, names in order: the hash of every version up to 5. */
export function oldHash(config: Old): string {
  const settings = Object.entries(config).filter(([name]) => !FREE.includes(name));
  return createHash('sha256')
    .update(JSON.stringify(sorted(Object.fromEntries(settings))))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
