/**
 * Reads the values of flags, and makes flags of the settings of a run: name, help, choices and limits come
 * from the description of the setting.
 */
import { InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import {
  choicesOf,
  type ChoiceWords,
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  faultIn,
  kindOf,
  limitsOf,
  recommendedSchema,
  settingAt,
  valueAt,
  type RunConfig,
  type Setting,
  type SettingPath,
} from '../contract/index.ts';

/**
 * Makes a function that reads a value by its schema; its error says what is wrong and what to write instead.
 */
export function valueOf<Value>(schema: z.ZodType<Value>): (text: string) => Value {
  return (text) => {
    const value = limitsOf(schema) && isNumber(text) ? Number(text) : text;
    const fault = faultIn(schema, value);
    if (fault !== undefined) throw new InvalidArgumentError(`${fault}.`);
    return schema.parse(value);
  };
}

/** Reads a path. Refuses an empty one, as from an unset variable, which would mean the current folder. */
export function place(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('The path is empty.');
}

/** Reads a path, and adds it to those before. */
export function places(text: string, before: string[] = []): string[] {
  return [...before, place(text)];
}

/** Reads name=value, and adds it to those before. */
export function namedValue(text: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError(`"${text}" has no value; write name=value, such as width=16.`);
  const word = value === 'true' || value === 'false' ? value === 'true' : value;
  return { ...before, [name]: isNumber(value) ? Number(value) : word };
}

/**
 * The flag of a setting that holds one value. `help` replaces the setting's description; `initial` is the
 * default of a command that makes no run.
 */
export function settingFlag(
  path: SettingPath,
  { help, initial }: { help?: string; initial?: string | number } = {},
): Option {
  const setting = settingAt(path);
  const words = help ?? helpOf(setting);
  const isOfRun = help === undefined && initial === undefined;
  const option = new Option(flagOf(setting), isOfRun ? `${words}${defaultOf(setting, path)}` : words);
  if (initial !== undefined) option.default(initial);
  const choices = choicesOf(setting.schema);
  if (choices) return option.choices(choices.map(String));
  return kindOf(setting) === 'switch' ? option : option.argParser(valueOf(setting.schema));
}

/** Such as "--batch <n>". */
export function flagOf({ path, flag }: Setting): string {
  if (!flag) throw new Error(`The setting ${path} has no flag.`);
  return flag.placeholder === undefined ? `--${flag.name}` : `--${flag.name} <${flag.placeholder}>`;
}

/** The description; a setting without one is described by its title and the labels of its choices. */
export function helpOf({ title, unit, description, choices }: Setting): string {
  if (description !== undefined) return description;
  const words = `${title.charAt(0).toLowerCase()}${title.slice(1)}${unit === undefined ? '' : ` in ${unit}s`}`;
  const named = Object.entries<ChoiceWords>(choices ?? {}).map(([value, { label }]) => [
    value,
    label.toLowerCase(),
  ]);
  const differ = named.filter(([value, label]) => label !== value).map((pair) => pair.join(': '));
  return differ.length === 0 ? words : `${words} (${differ.join(', ')})`;
}

/** The value of a setting from what Commander read of its flag. */
export function settingValue({ schema }: Setting, value: unknown): unknown {
  return choicesOf(schema)?.find((choice) => String(choice) === value) ?? value;
}

/** The note on a setting's default; empty for a setting that the chosen GAN or preset may recommend. */
function defaultOf({ flag }: Setting, path: SettingPath): string {
  if (flag?.otherwise !== undefined) return ` (default: ${flag.otherwise})`;
  if (Object.keys(recommendedSchema.shape).some((field) => path === field || path.startsWith(`${field}.`)))
    return '';
  const { dataset } = DEFAULT_RUN_CONFIG;
  const ofFolders: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    dataset: { ...dataset, options: DEFAULT_DATASET_OPTIONS },
  };
  const [usual, digits] = [String(valueAt(ofFolders, path)), String(valueAt(DEFAULT_RUN_CONFIG, path))];
  return usual === digits ? ` (default: ${usual})` : ` (default: ${usual}; digits ${digits})`;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && !Number.isNaN(Number(text));
}
