// @ts-check
/** Uses the packaged app for hours and watches its memory, handles and disk: e2e/soak.check.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { driveApp } from './drive-app.mjs';
import { endOnSecondSignal } from './processes.mjs';
import { SetupError, say } from './report.mjs';

/**
 * @param {string[]} parameters `--hours N`, which may be a fraction, and `--seed N`
 * @returns {Promise<number>} the exit code: 1 when something went wrong
 */
export async function soak(parameters) {
  const wish = wishOf(parameters);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gan-studio-soak-wish-'));
  const stop = path.join(folder, 'stop');
  endOnSecondSignal(() => {
    say('\nThe tally follows when the current action is done. Press Ctrl+C again to end without it.');
    writeFileSync(stop, '');
  });
  try {
    return await driveApp('soak.check.ts', {
      environment: { GAN_STUDIO_SOAK: JSON.stringify({ ...wish, stop }) },
      reporter: 'list',
      apart: true,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Throws SetupError `soak-flags`.
 * @param {string[]} parameters
 * @returns {{ hours: number, seed: number }}
 */
export function wishOf(parameters) {
  try {
    const { values } = parseArgs({
      args: parameters,
      options: { hours: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
    });
    const hours = Number(values.hours);
    const seed = Number(values.seed);
    if (!(hours > 0 && hours <= 1000)) throw new Error(`--hours ${values.hours} is not a number above 0`);
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
      throw new Error(`--seed ${values.seed} is not a whole number from 0 to 4294967295`);
    return { hours, seed };
  } catch (error) {
    throw new SetupError({
      code: 'soak-flags',
      // Node adds lines of advice on how its parser works.
      facts: `The soak cannot begin: ${firstSentence(/** @type {Error} */ (error).message)}.`,
      remedy: 'Say how long, as in npm run -s check:soak -- --hours 0.5 --seed 7',
    });
  }
}

/** @param {string} text */
const firstSentence = (text) => text.split(/\. |\n/)[0]?.replace(/\.$/, '') ?? '';
