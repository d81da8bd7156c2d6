/** Inputs that fit a command's schema, made by walking it; paths and ids come from a list of values. */
import { z } from 'zod';
import { COMMANDS, type CommandName } from '#main/contract/index.ts';
import type { Chance } from './chance.ts';

/** Values for members of this name, whatever else the schema allows. */
export type FittingValues = Readonly<Record<string, readonly unknown[]>>;

type Schema = z.core.JSONSchema.JSONSchema;

/** Chance that an optional member is present. */
const PRESENT = 0.5;
/** One more than the most random members of a list or a record. */
const MOST_MEMBERS = 3;

const schemas = new Map<CommandName, Schema>();

function schemaOf(name: CommandName): Schema {
  const known = schemas.get(name);
  if (known) return known;
  const made = z.toJSONSchema(COMMANDS[name].input, { io: 'input', unrepresentable: 'any' }) as Schema;
  schemas.set(name, made);
  return made;
}

/**
 * A random input that fits the JSON Schema of the command; a refinement that JSON Schema cannot say may still
 * refuse it.
 */
export function validInput(name: CommandName, chance: Chance, known: FittingValues): unknown {
  return valueFor(schemaOf(name), { chance, known, name: '' });
}

type Making = { chance: Chance; known: FittingValues; name: string };

function valueFor(schema: Schema | boolean, making: Making): unknown {
  const { chance, known, name } = making;
  const listed = Object.hasOwn(known, name) ? known[name] : undefined;
  if (listed) return structuredClone(chance.of(listed));
  if (typeof schema === 'boolean') return null;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return chance.of(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return valueFor(chance.of(choices), making);
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.map((part) => valueFor(part, making))) as unknown;
  switch (schema.type) {
    case 'object':
      return groupFor(schema, making);
    case 'array':
      return listFor(schema, making);
    case 'string':
      return textFor(schema, chance);
    case 'integer':
      return Math.round(numberFor(schema, chance));
    case 'number':
      return numberFor(schema, chance);
    case 'boolean':
      return chance.happens(0.5);
    case 'null':
    case undefined:
    default:
      return null;
  }
}

function groupFor({ properties = {}, required = [], additionalProperties }: Schema, making: Making): unknown {
  const { chance } = making;
  const group: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(properties))
    if (required.includes(name) || chance.happens(PRESENT))
      group[name] = valueFor(schema, { ...making, name });
  if (additionalProperties && Object.keys(properties).length === 0)
    for (let member = chance.below(MOST_MEMBERS); member > 0; member--)
      group[`name${member}`] = valueFor(additionalProperties, { ...making, name: '' });
  return group;
}

function listFor(
  { items, prefixItems, minItems = 0, maxItems = Infinity }: Schema,
  making: Making,
): unknown[] {
  if (prefixItems) return prefixItems.map((schema) => valueFor(schema, making));
  const length = Math.min(maxItems, minItems + making.chance.below(MOST_MEMBERS));
  const schema = Array.isArray(items) ? items[0] : items;
  return Array.from({ length }, () => valueFor(schema ?? true, making));
}

function textFor({ minLength = 0, maxLength = Infinity, pattern }: Schema, chance: Chance): string {
  if (pattern?.includes('{32}')) return '0123456789abcdef0123456789abcdef';
  if (pattern?.startsWith('^#')) return '#a0b1c2';
  const text = chance.of(['', 'x', 'a name', 'Ünïcode ✓ 漢字', 'x'.repeat(200)]);
  return text.padEnd(minLength, 'x').slice(0, maxLength);
}

/** The least, the most, one in between, or 1. */
function numberFor({ minimum, maximum, exclusiveMinimum }: Schema, chance: Chance): number {
  const least = minimum ?? (typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1e-9 : -1e6);
  const most = maximum ?? 1e6;
  return chance.of([
    least,
    most,
    least + (most - least) * chance.number(),
    Math.min(most, Math.max(least, 1)),
  ]);
}
