// @ts-check
/** Runs a program that has to succeed. */
import { run } from './processes.mjs';

/**
 * Runs a program to its end. Throws unless it exits with 0; the error has the end of what the program printed.
 * @param {string} command
 * @param {string[]} parameters
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {(trouble: string) => Error} [options.explain] makes the error; `trouble` is such as
 *   `strip failed (exit code 1). Its last output:\n…`
 * @returns {Promise<string>} the end of what it printed
 */
export async function runOrThrow(
  command,
  parameters,
  { cwd, explain = (trouble) => new Error(trouble) } = {},
) {
  const { code, output } = await run(command, parameters, { cwd });
  if (code === 0) return output;
  throw explain(`${command} failed (exit code ${code}). Its last output:\n${output}`);
}
