/**
 * Reads the JSON Schema of an object as a list of form fields: numbers, choices and switches. A property of
 * any other kind has no field, and keeps its default.
 */
import { z } from 'zod';

/** A value of a choice, with its name and its meaning. */
export type ChoiceItem = { value: string | number; label: string; description?: string | undefined };

const choiceWordsSchema = z.object({ label: z.string(), description: z.string().optional() });

const propertySchema = z.object({
  type: z.enum(['number', 'integer', 'boolean', 'string']).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  anyOf: z.array(z.object({ const: z.union([z.string(), z.number()]) })).optional(),
  /** Names of the values of a choice, by value: our own annotation beside those of JSON Schema. */
  choices: z.record(z.string(), choiceWordsSchema).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
});

const objectSchema = z.object({ properties: z.record(z.string(), z.unknown()).default({}) });

type Common = { key: string; label: string; description: string };
export type NumberEntry = Common & {
  kind: 'number';
  integer: boolean;
  minimum: number | undefined;
  maximum: number | undefined;
  /** The minimum itself is too small. */
  above: boolean;
  initial: number | undefined;
};
export type ChoiceEntry = Common & {
  kind: 'choice';
  choices: ChoiceItem[];
  initial: string | number | undefined;
};
export type SwitchEntry = Common & { kind: 'switch'; initial: boolean };
export type SchemaField = NumberEntry | ChoiceEntry | SwitchEntry;

/** The fields of the schema, in its order; none if it is not that of an object. */
export function schemaFields(schema: Record<string, unknown>): SchemaField[] {
  const parsed = objectSchema.safeParse(schema);
  if (!parsed.success) return [];
  return Object.entries(parsed.data.properties).flatMap(([key, value]) => {
    const property = propertySchema.safeParse(value);
    return property.success ? fieldOf(key, property.data) : [];
  });
}

/** The initial value of every field that has one, by key. */
export function initialValues(fields: SchemaField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => field.initial !== undefined).map((field) => [field.key, field.initial]),
  );
}

function fieldOf(key: string, property: z.infer<typeof propertySchema>): SchemaField[] {
  const common: Common = {
    key,
    label: property.title ?? words(key),
    description: property.description ?? '',
  };
  const choices = property.enum ?? property.anyOf?.map((choice) => choice.const);
  const { default: initial } = property;
  if (choices) {
    const chosen = typeof initial === 'string' || typeof initial === 'number' ? initial : choices[0];
    const items = choices.map((value) => ({
      value,
      label: words(String(value)),
      ...property.choices?.[String(value)],
    }));
    return [{ ...common, kind: 'choice', choices: items, initial: chosen }];
  }
  if (property.type === 'boolean') return [{ ...common, kind: 'switch', initial: initial === true }];
  if (property.type === 'number' || property.type === 'integer') {
    return [
      {
        ...common,
        kind: 'number',
        integer: property.type === 'integer',
        minimum: property.exclusiveMinimum ?? property.minimum,
        maximum: property.maximum,
        above: property.exclusiveMinimum !== undefined,
        initial: typeof initial === 'number' ? initial : undefined,
      },
    ];
  }
  return [];
}

/**
 * The value of an option as a person reads it: the label of a choice, "on" or "off", else the value itself.
 */
export function optionWords(field: SchemaField | undefined, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const item = field?.kind === 'choice' ? field.choices.find((each) => each.value === value) : undefined;
  if (item) return item.label;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** "hiddenUnits" -> "Hidden units". */
function words(key: string): string {
  const spaced = key
    .replace(/[-_]/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
