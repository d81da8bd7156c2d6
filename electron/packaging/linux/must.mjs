// @ts-check
/** Runs a program that makes or checks a package; its failure ends the making, with its last words. */
import { run } from '../../setup/processes.mjs';

/**
 * @param {string} command
 * @param {string[]} parameters
 * @param {string} cwd
 * @returns {Promise<string>} what it printed
 */
export async function must(command, parameters, cwd) {
  const { code, output } = await run(command, parameters, { cwd });
  if (code !== 0) throw new Error(`${command} failed (exit code ${code}). Its last words:\n${output}`);
  return output;
}
