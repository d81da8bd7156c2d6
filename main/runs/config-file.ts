/** config.json: read from any version, written whole, and hashed for checkpoints. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import {
  PLAIN_OPTIMIZER,
  PLAIN_TURNS,
  RUN_CONFIG_VERSION,
  StudioError,
  runConfigSchema,
  systemCause,
  systemCode,
  toFailure,
  type RunConfig,
} from '../contract/index.ts';
import { realDisk, type Disk } from './disk.ts';
import { writeWhole } from './files.ts';
import { asVersion4, fromVersion4 } from './version-4.ts';
import { asVersion5, fromVersion5 } from './version-5.ts';
import { asVersion6, fromVersion6 } from './version-6.ts';

export const CONFIG = 'config.json';
/** Settings that are no part of the hash: a run may go on with other values. */
const FREE_SETTINGS: readonly (keyof RunConfig)[] = [
  ...(['name', 'steps', 'samples', 'checkpoints', 'measuring'] as const),
  // Training depends on it, but a change is confirmed by the person and logged.
  'precision',
];

const versionedSchema = z.looseObject({ version: z.number().int().positive() });
type Versioned = z.infer<typeof versionedSchema>;

/** By version: turns its config into one of the next version. */
const MIGRATIONS: Record<number, (config: Versioned) => Versioned> = {
  1: (config) => ({
    ...config,
    version: 2,
    checkpoints: { everyMinutes: 5, ...z.looseObject({}).parse(config['checkpoints']) },
  }),
  2(config) {
    const { beta1, beta2, ...optimizer } = z
      .looseObject({ beta1: z.number(), beta2: z.number() })
      .parse(config['optimizer']);
    return {
      ...config,
      version: 3,
      optimizer: { ...optimizer, kind: 'adam', options: { beta1, beta2 }, ...PLAIN_OPTIMIZER },
    };
  },
  3: (config) => ({ ...config, version: 4, turns: PLAIN_TURNS, classes: [] }),
  4: (config) => ({ ...config, ...fromVersion4(config), version: 5 }),
  5: (config) => ({ ...config, ...fromVersion5(config), version: 6 }),
  6: (config) => ({ ...config, ...fromVersion6(config), version: 7 }),
  7: (config) => ({ ...config, precision: 'float32', version: 8 }),
};

/** Reads a run's config; throws StudioError `run-missing`, `run-damaged` or `run-too-new`. */
export function readConfig(folder: string, disk: Disk = realDisk): RunConfig {
  const file = path.join(folder, CONFIG);
  if (!disk.exists(file)) {
    throw new StudioError({
      code: 'run-missing',
      message: `${folder} is not a run: it has no ${CONFIG}.`,
      remedy: 'Choose a folder that GAN Studio or its train command has written.',
    });
  }
  try {
    return runConfigSchema.parse(
      migrate(versionedSchema.parse(JSON.parse(withoutMark(disk.read(file).toString('utf8')))), file),
    );
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw unreadable(error, file);
  }
}

/** Some editors put a byte-order mark in front. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

function unreadable(error: unknown, file: string): StudioError {
  if (systemCode(error) === undefined)
    return new StudioError({
      code: 'run-damaged',
      message: `${file} cannot be read as a run’s settings: ${toFailure(error).message.replace(/\.?$/, '.')}`,
      remedy: 'Correct the file by hand, or start a new run.',
    });
  return new StudioError({
    code: 'run-damaged',
    message: `${file} cannot be read: ${systemCause(error)}.`,
    remedy: 'Fix that, then open the run again.',
  });
}

export function writeConfig(folder: string, config: RunConfig, disk: Disk = realDisk): void {
  writeWhole(path.join(folder, CONFIG), `${JSON.stringify(config, null, 2)}\n`, disk);
}

/**
 * SHA-256 of the settings that define a run, whatever the order of their keys. Of pictures it covers only how
 * they are prepared: the pictures themselves are compared by their content.
 */
export function configHash(config: RunConfig): string {
  return hashOf({ ...config, dataset: dataHashed(config) });
}

function dataHashed({ dataset: { source, options } }: Pick<RunConfig, 'dataset'>): Record<string, unknown> {
  return { source: source.kind === 'files' ? { kind: source.kind } : source, options };
}

/**
 * Whether a checkpoint with this hash was made with these settings, in this version or in an earlier one that
 * could express the same.
 */
export function isConfigHash(hash: string, config: RunConfig): boolean {
  // Version 8 added a setting that the hash leaves out.
  const asVersion7 = { ...config, dataset: dataHashed(config), version: 7 };
  return (
    [configHash(config), hashOf(asVersion7)].includes(hash) ||
    asVersion6(config).some((as6) => isOlderHash(hash, as6))
  );
}

function isOlderHash(hash: string, as6: ReturnType<typeof asVersion6>[number]): boolean {
  if (hash === hashOf({ ...as6, dataset: dataHashed(as6), version: 6 })) return true;
  const as5 = asVersion5(as6);
  if (!as5) return false;
  if (hash === hashOf({ ...as5, version: 5 })) return true;
  const before = asVersion4(as5);
  if (!before) return false;
  if (hash === hashOf({ ...before, version: 4 })) return true;
  const { turns, classes, ...asVersion3 } = before;
  if (!isSame(turns, PLAIN_TURNS) || classes.length > 0) return false;
  if (hash === hashOf({ ...asVersion3, version: 3 })) return true;
  const { kind, options, learningRate, ...rest } = before.optimizer;
  const asVersion2 = { ...asVersion3, optimizer: { learningRate, ...options } };
  return (
    kind === 'adam' &&
    isSame(rest, PLAIN_OPTIMIZER) &&
    [1, 2].some((version) => hash === hashOf({ ...asVersion2, version }))
  );
}

function hashOf(config: Record<string, unknown>): string {
  const settings = Object.fromEntries(
    Object.entries(config).filter(([name]) => !FREE_SETTINGS.some((free) => free === name)),
  );
  return createHash('sha256')
    .update(JSON.stringify(sorted(settings)))
    .digest('hex');
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function migrate(config: Versioned, file: string): Versioned {
  if (config.version > RUN_CONFIG_VERSION) {
    throw new StudioError({
      code: 'run-too-new',
      message: `${file} was written by a newer GAN Studio (version ${config.version} of the settings; this one knows ${RUN_CONFIG_VERSION}).`,
      remedy: 'Open it with the newer GAN Studio.',
    });
  }
  const step = MIGRATIONS[config.version];
  return step && config.version < RUN_CONFIG_VERSION ? migrate(step(config), file) : config;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
