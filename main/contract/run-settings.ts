/** The settings of a run by their paths, such as `optimizer.schedule.from`. */
import { runConfigSchema, type RunConfig } from './run-config.ts';
import { kindOf, settingsIn, type Setting } from './setting.ts';

type Simple = string | number | boolean;

/** Paths to the members of a type that hold one value each. */
type PathsIn<Part> = {
  [Key in keyof Part & string]: Part[Key] extends Simple
    ? Key
    : Part[Key] extends unknown[]
      ? never
      : Part[Key] extends object
        ? `${Key}.${PathsIn<Part[Key]>}`
        : never;
}[keyof Part & string];

type ValueIn<Part, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof Part
    ? ValueIn<Part[Key], Rest>
    : never
  : Path extends keyof Part
    ? Part[Path]
    : never;

/**
 * Leads to a setting that holds one value. A choice from the catalogue is described as a whole, by a
 * GroupPath.
 */
export type SettingPath = Exclude<
  PathsIn<Omit<RunConfig, 'version'>>,
  `${string}.source.kind` | `${ChoicePath}.kind`
>;
/** Leads to a choice from the catalogue. */
export type ChoicePath = 'gan' | 'loss' | 'optimizer';
/** Leads to a setting that holds several values, and is described as a whole. */
export type GroupPath =
  ChoicePath | 'stabilisers' | 'turns' | 'z' | 'optimizer.schedule' | 'samples' | 'checkpoints';
export type SettingValue<Path extends SettingPath = SettingPath> = ValueIn<RunConfig, Path>;
/** Some settings with their values. */
export type GivenSettings = { [Path in SettingPath]?: SettingValue<Path> };

/** Every described setting of a run, in the order of the schema; a group comes before its members. */
export const RUN_SETTINGS: readonly Setting[] = settingsIn(runConfigSchema);

const byPath = new Map(RUN_SETTINGS.map((each) => [each.path, each]));

/** The description of a setting. Throws if it has none. */
export function settingAt(path: SettingPath | GroupPath): Setting {
  const found = byPath.get(path);
  if (!found) throw new Error(`The setting ${path} is not described in run-config.ts.`);
  return found;
}

/** Whether the path leads to a setting that holds one value. */
export function isSettingPath(path: string): path is SettingPath {
  const found = byPath.get(path);
  return found !== undefined && kindOf(found) !== 'group';
}

/** The value of a setting in a config. */
export function valueAt<Path extends SettingPath>(config: RunConfig, path: Path): SettingValue<Path> {
  return path.split('.').reduce<unknown>((part, key) => partsOf(part)[key], config) as SettingValue<Path>;
}

/**
 * Sets a value in the config itself. It is not checked: a form also holds wrong values, until they are
 * corrected.
 */
export function setAt(config: RunConfig, path: SettingPath, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  partsOf(keys.reduce<unknown>((part, key) => partsOf(part)[key], config))[last] = value;
}

/** A new config with these settings in it. */
export function withSettings(config: RunConfig, given: GivenSettings): RunConfig {
  const changed = structuredClone(config);
  for (const [path, value] of Object.entries(given)) if (isSettingPath(path)) setAt(changed, path, value);
  return changed;
}

function partsOf(part: unknown): Record<string, unknown> {
  return part as Record<string, unknown>;
}
