/**
 * Says what is wrong with a value in one plain sentence: the setting, the value, and what to enter instead.
 */
import { z } from 'zod';
import { descriptionOf, limitsOf, type Limits } from './setting.ts';

/** Something wrong with a value, with the value and the schema that refused it. */
export type RefusedValue = z.core.$ZodRawIssue;

/** Longest text that is repeated to the person who wrote it. */
const LONGEST_QUOTE = 40;
/** For faults that have no words of their own. */
const UNKNOWN = 'this value does not fit; choose another one';

/** "Batch: 1 is too small; choose a whole number from 2 to 1024." */
export function sentenceOf(issue: RefusedValue): string {
  return `${labelOf(issue)}: ${faultOf(issue)}.`;
}

/** The sentence without its beginning and end: "1 is too small; choose a whole number from 2 to 1024". */
export function faultOf(issue: RefusedValue): string {
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return outsideOf(issue);
    case 'invalid_type':
      return wrongKind(issue);
    case 'not_multiple_of':
      return `${valueOf(issue)} is not a multiple of ${String(issue.divisor)}; choose one that is`;
    case 'invalid_value':
      return noChoice(issue, issue.values);
    case 'invalid_union':
      return Array.isArray(issue['options']) ? noChoice(issue, issue['options']) : UNKNOWN;
    case 'unrecognized_keys':
      return `it has no ${listed(issue.keys.map((key) => `"${key}"`))}; leave that out`;
    case 'invalid_format':
      return wrongForm(issue);
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
    default:
      return UNKNOWN;
  }
}

/** What is wrong with a value, without the name of the setting; undefined where it fits. */
export function faultIn(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: faultOf }).error?.issues[0]?.message;
}

/** What is wrong with a number; undefined where it lies within the limits. */
export function numberFault(value: unknown, limits: Limits): string | undefined {
  const fault = wrongNumber(value, limits);
  return fault && `${fault}; choose ${rangeOf(limits)}`;
}

function wrongNumber(value: unknown, { integer, minimum = -Infinity, maximum = Infinity, above }: Limits) {
  if (isMissing(value) || Number.isNaN(value)) return 'no number is entered';
  if (typeof value !== 'number') return `${quoted(value)} is not a number`;
  if (value < minimum || (above && value === minimum)) return `${value} is too small`;
  if (value > maximum) return `${value} is too large`;
  if (integer && !Number.isInteger(value)) return `${value} is not a whole number`;
  return Number.isFinite(value) ? undefined : `${value} is not a number`;
}

/** The name of the setting; for anything else the last name on the way to it, as words. */
function labelOf({ schema, path = [] }: RefusedValue): string {
  const title = schema && descriptionOf(schema)?.title;
  if (title !== undefined) return title;
  const name = path.filter((part) => typeof part === 'string').at(-1);
  return name === undefined || name === '' ? 'The input' : asWords(name);
}

function outsideOf(issue: Extract<RefusedValue, { code: 'too_small' | 'too_big' }>): string {
  const { code, input, schema } = issue;
  if (typeof input === 'string') return wrongLength(issue);
  const isSmall = code === 'too_small';
  const bound = Number(isSmall ? issue.minimum : issue.maximum);
  if (Array.isArray(input))
    return isSmall
      ? `${input.length} are too few; give ${spelt(bound)} or more`
      : `${input.length} are too many; give ${spelt(bound)} at most`;
  const limits = limitsOf(schema) ?? {
    integer: false,
    minimum: isSmall ? bound : undefined,
    maximum: isSmall ? undefined : bound,
    above: isSmall && issue.inclusive === false,
  };
  return (
    numberFault(input, limits) ?? `this is too ${isSmall ? 'small' : 'large'}; choose ${rangeOf(limits)}`
  );
}

function wrongLength({ code, input, schema }: RefusedValue): string {
  const { length } = String(input);
  const [least, most] = schema instanceof z.ZodString ? [schema.minLength ?? 0, schema.maxLength] : [0, null];
  const range = most === null ? `${spelt(least)} or more` : `${spelt(least)} to ${spelt(most)}`;
  const fault =
    length === 0
      ? 'nothing is entered'
      : `${length} characters are too ${code === 'too_small' ? 'few' : 'many'}`;
  return `${fault}; enter ${range} characters`;
}

function wrongKind({ input, expected, schema }: Extract<RefusedValue, { code: 'invalid_type' }>): string {
  const limits = limitsOf(schema);
  const fault = limits && numberFault(input, limits);
  if (fault !== undefined) return fault;
  const wanted = KINDS[expected] ?? 'another kind of value';
  return `${isMissing(input) ? 'it is missing' : 'this does not fit'}; it must be ${wanted}`;
}

function noChoice(issue: RefusedValue, values: readonly unknown[]): string {
  const fault = isMissing(issue.input) ? 'nothing is chosen' : `${valueOf(issue)} is not a choice`;
  return `${fault}; choose ${values.length === 0 ? 'another one' : listed(values.map(String), 'or')}`;
}

const KINDS: Record<string, string> = {
  string: 'text',
  boolean: 'on or off',
  array: 'a list',
  tuple: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
  number: 'a number',
  int: 'a whole number',
};

function wrongForm(issue: RefusedValue): string {
  const { example } = (issue.schema && descriptionOf(issue.schema)) ?? {};
  return example === undefined
    ? 'this is not written in the right form; enter it again'
    : `${valueOf(issue)} is not written in the right form; write it like ${example}`;
}

/** "a whole number from 2 to 1024", "a number above 0 and at most 1", "a whole number of 1 or more". */
export function rangeOf({ integer, minimum, maximum, above }: Limits): string {
  const number = integer ? 'a whole number' : 'a number';
  if (minimum === undefined) return maximum === undefined ? number : `${number} of ${spelt(maximum)} at most`;
  if (above)
    return `${number} above ${spelt(minimum)}${maximum === undefined ? '' : ` and at most ${spelt(maximum)}`}`;
  return maximum === undefined
    ? `${number} of ${spelt(minimum)} or more`
    : `${number} from ${spelt(minimum)} to ${spelt(maximum)}`;
}

/**
 * The value as it was written. If it is not a setting, only a number is repeated, since anything else may
 * be private.
 */
function valueOf({ input, schema }: RefusedValue): string {
  const isSetting = schema !== undefined && descriptionOf(schema) !== undefined;
  return isSetting || typeof input === 'number' ? quoted(input) : 'this';
}

function quoted(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.length <= LONGEST_QUOTE ? JSON.stringify(value) : 'this';
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function listed(values: string[], word: 'and' | 'or' = 'and'): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** Numbers from 10,000 on have commas, so that their zeros can be counted. */
function spelt(number: number): string {
  return Math.abs(number) < 10_000 ? String(number) : number.toLocaleString('en');
}

/** "hiddenUnits" -> "Hidden units". */
function asWords(name: string): string {
  const words = name
    .replace(/[-_.]/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
