// @ts-check
/** Reads the flags of a check, such as `--seed 7`: each takes a number, with a default and limits. */
import { parseArgs } from 'node:util';
import { SetupError } from './report.mjs';

/**
 * @typedef {object} NumberFlag
 * @property {number} usual the value when the flag is left out
 * @property {(value: number) => boolean} allows whether a value is within the limits
 * @property {string} limits in words, such as `a whole number from 1 to 10`
 */

/** Names the random numbers of a check. @type {NumberFlag} */
export const seedFlag = {
  usual: 1,
  allows: (value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff,
  limits: 'a whole number from 0 to 4294967295',
};

/**
 * Throws SetupError `wrong-flag` for a value outside its limits, and for a flag that is not among these.
 * @template {string} Name
 * @param {string[]} parameters
 * @param {{ flags: Record<Name, NumberFlag>, example: string }} known example: a command that is right
 * @returns {Record<Name, number>}
 */
export function numberFlags(parameters, { flags, example }) {
  try {
    const all = /** @type {[Name, NumberFlag][]} */ (Object.entries(flags));
    const options = Object.fromEntries(
      all.map(([name, { usual }]) => [
        name,
        { type: /** @type {const} */ ('string'), default: String(usual) },
      ]),
    );
    const { values } = parseArgs({ args: parameters, options });
    const numbers = all.map(([name, flag]) => [name, numberOf(name, String(values[name]), flag)]);
    return /** @type {Record<Name, number>} */ (Object.fromEntries(numbers));
  } catch (error) {
    throw new SetupError({
      code: 'wrong-flag',
      // Node adds advice on how its parser works.
      facts: `The check cannot start: ${firstSentence(/** @type {Error} */ (error).message)}.`,
      remedy: `Write it as in: ${example}`,
    });
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @param {NumberFlag} flag
 */
function numberOf(name, text, { allows, limits }) {
  const value = text.trim() === '' ? NaN : Number(text);
  if (allows(value)) return value;
  throw new Error(`--${name} ${text} is not ${limits}`);
}

/** @param {string} text */
const firstSentence = (text) => text.split(/\. |\n/)[0]?.replace(/\.$/, '') ?? '';
