/**
 * Settings, each described once beside its schema: forms, flags, facts and error texts derive from that
 * description.
 */
import { z } from 'zod';

/** What a person reads about one choice. */
export type ChoiceWords = {
  label: string;
  /** What it means, as a sentence. */
  description?: string;
};

/** The flag that sets a setting on the command line. */
export type SettingFlag = {
  /** Without the two dashes. */
  name: string;
  /** What stands for the value in the help; left out for a switch. */
  placeholder?: string;
  /** What the setting is without the flag, if that is not a fixed value. */
  otherwise?: string;
};

/** The unit of a setting. Its plural ends in s, except for min. */
export type Unit = 'step' | 'pixel' | 'min';

export type SettingMeta<Value = unknown> = {
  /** The label of its field, its name in facts, and what an error text begins with. */
  title: string;
  /** What it does, in lower case and without a full stop: a form's hint, and the help of its flag. */
  description?: string;
  /** What a person who does not know it should read, in one to three sentences: the help behind the (i). */
  help?: string;
  unit?: Unit;
  /** The finest difference that matters: how far a form keeps from a limit that is excluded. */
  step?: number;
  /** A value in the right form, for texts that must have one. */
  example?: string;
  /** What 0 means, if it does not stand for a number. */
  zero?: string;
  /** Its name in facts, if that is not the title. */
  fact?: string;
  flag?: SettingFlag;
  /** What each choice is called. */
  choices?: Value extends string ? Record<Value, ChoiceWords> : never;
};

/** The range of a number. There is no limit where one is undefined. */
export type Limits = {
  integer: boolean;
  minimum: number | undefined;
  maximum: number | undefined;
  /** Whether the value must lie above the minimum, not at it. */
  above: boolean;
};

export type Setting = SettingMeta<string> & {
  /** Its path in the config, such as `optimizer.schedule.from`; a single key for a schema of its own. */
  path: string;
  schema: z.ZodType;
};

const described = z.registry<SettingMeta<string>>();

/**
 * Describes a schema as a setting, and returns the schema. A copy of it, such as `.meta()` makes, is not
 * described. Throws if the schema is described already.
 */
export function setting<Schema extends z.ZodType>(
  schema: Schema,
  meta: SettingMeta<z.output<Schema>>,
): Schema {
  if (described.has(schema)) throw new Error(`${meta.title}: a schema is described once; clone it.`);
  described.add(schema, meta as SettingMeta<string>);
  return schema;
}

/** The description of a schema; undefined if it is not a setting. */
export function descriptionOf(schema: z.core.$ZodType): SettingMeta<string> | undefined {
  return described.get(schema);
}

/** A described schema as a setting of its own. Throws if it is not described. */
export function settingOf(schema: z.ZodType, path: string): Setting {
  const meta = descriptionOf(schema);
  if (!meta) throw new Error(`${path} is not described.`);
  return { ...meta, path, schema };
}

/** The description as a sentence: a hint in forms. */
export function hintOf({ description }: SettingMeta<string>): string | undefined {
  return description && `${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
}

/** What a setting holds; a group holds several values. */
export function kindOf({ schema }: Setting): 'number' | 'choice' | 'switch' | 'text' | 'group' {
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'switch';
  if (schema instanceof z.ZodString) return 'text';
  return choicesOf(schema) ? 'choice' : 'group';
}

/**
 * The described schemas in an object schema, with those in its parts, in order; a group comes before its
 * members.
 */
export function settingsIn(schema: z.ZodType, path = ''): Setting[] {
  const meta = descriptionOf(schema);
  const own = meta && path !== '' ? [{ ...meta, path, schema }] : [];
  if (!(schema instanceof z.ZodObject)) return own;
  const shape = schema.shape as Record<string, z.ZodType>;
  return [
    ...own,
    ...Object.entries(shape).flatMap(([key, member]) =>
      settingsIn(member, path === '' ? key : `${path}.${key}`),
    ),
  ];
}

/** The limits of a schema's numbers; undefined if it is not for numbers. */
export function limitsOf(schema: z.core.$ZodType | undefined): Limits | undefined {
  if (!(schema instanceof z.ZodNumber)) return undefined;
  const [least, most] = [bounded(schema.minValue), bounded(schema.maxValue)];
  return {
    integer: schema.format?.includes('int') ?? false,
    minimum: least,
    maximum: most,
    above: least !== undefined && !schema.safeParse(least).success,
  };
}

/** The values of a choice, in order; undefined if the schema is not a choice. */
export function choicesOf(schema: z.core.$ZodType | undefined): (string | number)[] | undefined {
  if (schema instanceof z.ZodEnum) return schema.options;
  if (!(schema instanceof z.ZodLiteral)) return undefined;
  return [...schema.values].filter((value) => typeof value === 'string' || typeof value === 'number');
}

/** The limit if one was set; Zod gives infinity or the largest safe integer otherwise. */
function bounded(limit: number | null): number | undefined {
  return limit === null || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
}
